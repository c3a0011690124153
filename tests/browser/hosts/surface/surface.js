// The surface of public/embed.js that other sites build on, and the messages between it and the guide.
// Changing a list here changes what those sites may rely on. types.ts holds public/embed.d.ts to it, the
// journeys of embed_surface.rs hold the scripts to it.

export const ATTRIBUTES = /** @type {const} */ ([
  "accent",
  "events",
  "lang",
  "location",
  "max-height",
  "sections",
  "src",
  "theme",
  "title",
]);

export const METHODS = /** @type {const} */ (["focus", "scrollToSection"]);

/** Events of the element, without `migraine-guide:`, and their fields. Each is a message of the guide. */
export const EVENTS = /** @type {const} */ ({
  "assessment-complete": [],
  error: ["code"],
  ready: ["height", "title"],
  resize: ["height"],
  step: ["index", "of"],
  submitted: ["reference"],
});

/** Further messages of the guide, which the element acts on itself. */
export const REQUESTS = /** @type {const} */ ({
  back: ["entries"],
  scroll: ["block", "height", "top"],
});

/** Messages of the element to the guide. */
export const SENT = /** @type {const} */ ({
  focus: [],
  scroll: ["section"],
  theme: ["room", "theme"],
});

/** Query parameters of the guide's address in the frame, where every attribute is set. */
export const PARAMETERS = /** @type {const} */ ([
  "accent",
  "events",
  "host",
  "lang",
  "location",
  "past",
  "room",
  "sections",
  "theme",
]);
