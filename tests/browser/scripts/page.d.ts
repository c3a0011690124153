// Globals that the tests' scripts leave on a page, to be looked at later.

/** As much of axe-core as is used; its own types are found only where it is installed. */
interface Axe {
  run(
    within: string,
    options: { resultTypes: string[]; runOnly?: string[]; rules?: Record<string, { enabled: boolean }> },
  ): Promise<{
    violations: { id: string; help: string; nodes: { target: string[]; failureSummary: string }[] }[];
  }>;
}

/** As much of IBM's accessibility checker as is used. */
interface Ace {
  Checker: new () => {
    check(
      within: Node,
      rules: string[],
    ): Promise<{
      results: { value: [string, string]; ruleId: string; message: string; snippet: string; node: Element }[];
    }>;
  };
}

declare global {
  /** What a person feels of a page, `felt.js`. */
  interface Felt {
    /** Milliseconds from navigation until the first answer is taken. */
    firstAnswer: number | undefined;
    /** When the largest part was painted. */
    largest: number;
    /** Start of each long task, and what it takes beyond 50 ms. */
    blocking: [number, number][];
    /** Duration of each interaction by its id: the longest of its events. */
    events: Record<number, number>;
    /** The time of the last press. */
    pressed: number;
    /** Milliseconds from the last press until its effect was shown. */
    reflected: number | undefined;
    /** Waits for what a selector finds to be shown. */
    awaits(selector: string): void;
  }
  /** Figures that `make bench-page` reads. */
  var felt: Felt;
  /** How long timers were to be that `stop_timers.js` stopped. */
  var stopped: number[];
  /** What `speech.js` was asked to say, how often to be silent, and the coming of a voice. */
  var spoken: SpeechSynthesisUtterance[];
  var silenced: number | undefined;
  var voicesCome: () => void;
  /** axe-core, once `Person::meets_no_barrier` has run it. */
  var axe: Axe;
  /** IBM's accessibility checker, likewise. */
  var ace: Ace;
  /** Layout shifts: how far, and the elements that moved. */
  var moved: [number, ...(string | DOMRect)[][]][];
  /** Durations of long tasks, in milliseconds. */
  var held: number[];
  /** Violations of the Content-Security-Policy. */
  var forbidden: string[];
  /** Calls by which a page can pass something on. */
  var told: string[];
  /** Controls of the page in their order. */
  var stops: HTMLElement[];
  /** Delays given to `setTimeout`, in milliseconds. */
  var pauses: number[];
  /** Durability of each transaction that writes. */
  var written: string[];
  /** Values of the progress bar of the proof of work, one a frame. */
  var seen: number[];

  // Of the pages of `../hosts/`.

  /** Events of the elements that embed the guide. */
  var heard: { type: string; id: string; detail: any; at: number }[];
  /** Data of every message that the host's page received. */
  var messages: any[];
  /** Heights of the host's page, in CSS pixels. */
  var heights: number[];
  /** The length of the tab's history at each step of the self-assessment. */
  var entries: number[];
  /** Layout shifts of the host's page. */
  var shifts: { value: number; at: number }[];
  /** Violations of the host's Content-Security-Policy. */
  var violations: string[];
  /** Everything that the tracker recorded, as JSON. */
  var recorded: string[];
  /** Has the tracker look at all that a script of the page can reach. */
  var look: () => void;
  /** Names of the attributes that were read of the element, `../hosts/surface/before.js`. */
  var read: string[];
  /** Names of the custom elements that were defined. */
  var defined: string[];
  /** Names of all globals before embed.js ran. */
  var before: string[];
  /** LHC-Forms, which has no types, `../hosts/form-filler/`. */
  var LForms: any;
  /** Messages that the page in the frame received, `../hosts/stub-guide/stub.js`. */
  var received: { data: any; origin: string }[];
  /** Sends a message as the guide does. */
  var say: (type: string, detail: object) => void;
}

export {};
