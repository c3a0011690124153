/**
 * The migraine guide in a page of another site.
 *
 *     <script type="module" src="https://guide.example.org/embed.js"></script>
 *     <migraine-guide sections="assessment schedule">
 *       <a href="https://guide.example.org/">Open the migraine guide</a>
 *     </migraine-guide>
 *
 * What stands in the element is seen until the guide is ready, and where it cannot be shown.
 *
 * Every attribute takes effect when it is changed. Changing another one than `theme`, `title` or
 * `max-height` loads the guide anew, and what was typed is gone. Each also works as `data-…`, on the
 * element and on `<div data-migraine-guide>`.
 *
 * Where the page has `<meta name="migraine-guide" content="https://guide.example.org/">`, a guide of
 * any other origin is not shown: for sites whose authors can write elements and not the head.
 */
export interface MigraineGuideAttributes {
  /** Where the guide is served, e.g. `https://guide.example.org/`; the script's own folder unless given. */
  src?: string;
  /** Any of `article links assessment schedule recent`, parted by spaces; all unless given. */
  sections?: string;
  /** `auto` unless given. */
  theme?: "auto" | "light" | "dark" | "calm";
  /**
   * A CSS color for links and buttons. Below a contrast of 4.5:1 on the theme's background, or where
   * it depends on the colors around it (`currentcolor`), it is refused with a warning in the console.
   */
  accent?: string;
  /** A language the guide has, e.g. `en`; that of the page around it unless given. */
  lang?: string;
  /** Id of the location that is chosen already in the appointment request. */
  location?: string;
  /**
   * Any of `assessment-complete submitted`, parted by spaces; none unless given. These events are
   * dispatched only if they are named here: everything else that runs in the page hears them as well.
   */
  events?: string;
  /** Accessible name of the frame; the guide's title unless given. */
  title?: string;
  /** In CSS pixels, above 0: higher than this, the guide scrolls inside. */
  "max-height"?: string;
}

/**
 * Events on the element. They bubble and cross shadow roots. None depends on an answer, a score or
 * an outcome: neither its fields, nor how many there are, nor their order.
 */
export interface MigraineGuideEventMap {
  /** The guide is shown. */
  "migraine-guide:ready": CustomEvent<{ height: number; title: string }>;
  /** Its height changed, in whole CSS pixels. No answer, error or result changes it. */
  "migraine-guide:resize": CustomEvent<{ height: number }>;
  /**
   * A step of the self-assessment is shown for the first time: from 1, of how many. Only questions
   * that everybody is asked count; an emergency is a step as the next question is.
   */
  "migraine-guide:step": CustomEvent<{ index: number; of: number }>;
  /** The self-assessment was finished for the first time. Only if `events` names it. */
  "migraine-guide:assessment-complete": CustomEvent<Record<string, never>>;
  /** An appointment request arrived. Only if `events` names it. */
  "migraine-guide:submitted": CustomEvent<{ reference: string }>;
  /**
   * - `not-shown`: no answer from the guide. Is it reachable, is this site on its list of
   *   `frame-ancestors`?
   * - `program`: the guide's program did not start; the reader is told what to do.
   * - `cannot-seal`, `no-answer`, `later`, `refused`: a request did not arrive; the reader is told
   *   and keeps what was typed.
   */
  "migraine-guide:error": CustomEvent<{
    code: "not-shown" | "program" | "cannot-seal" | "no-answer" | "later" | "refused";
  }>;
}

export interface MigraineGuideElement extends HTMLElement {
  /** Moves the focus into the guide. */
  focus(): void;
  /** Scrolls the page to a section of the guide. */
  scrollToSection(section: "article" | "links" | "assessment" | "schedule" | "recent"): void;
}

declare global {
  interface HTMLElementTagNameMap {
    "migraine-guide": MigraineGuideElement;
  }
  interface HTMLElementEventMap extends MigraineGuideEventMap {}
}
