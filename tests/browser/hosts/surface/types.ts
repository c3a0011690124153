// Compiles only where public/embed.d.ts names exactly the surface of surface.js. Mistakes of a host's
// author that must not compile are marked as expected errors.

import type {
  MigraineGuideAttributes,
  MigraineGuideElement,
  MigraineGuideEventMap,
} from "../../../../public/embed.d.ts";
import type { ATTRIBUTES, EVENTS, METHODS } from "./surface.js";

type Same<One, Other> = [One] extends [Other] ? ([Other] extends [One] ? true : false) : false;
const same = <_ extends true>() => {};

same<Same<keyof MigraineGuideAttributes, (typeof ATTRIBUTES)[number]>>();

type Type = keyof typeof EVENTS;
type Details = { [It in Type]: MigraineGuideEventMap[`migraine-guide:${It}`]["detail"] };
// Without fields, the type of all names.
type Fields = { [It in Type]: string extends keyof Details[It] ? never : keyof Details[It] };
same<Same<keyof MigraineGuideEventMap, `migraine-guide:${Type}`>>();
same<Same<Fields, { [It in Type]: (typeof EVENTS)[It][number] }>>();

// Every element has a method `focus`.
type Own = Exclude<keyof MigraineGuideElement, keyof HTMLElement>;
same<Same<Own, Exclude<(typeof METHODS)[number], keyof HTMLElement>>>();

const attributes: MigraineGuideAttributes = { theme: "calm", "max-height": "700" };
// @ts-expect-error
attributes.theme = "pink";
// @ts-expect-error
attributes.width = "700";

const guide = document.createElement("migraine-guide");
guide.focus();
guide.scrollToSection("schedule");
// @ts-expect-error
guide.scrollToSection("questions");
// @ts-expect-error
guide.answers;

guide.addEventListener("migraine-guide:step", ({ detail }) => {
  const { index, of }: { index: number; of: number } = detail;
  // @ts-expect-error
  detail.answer;
  return index / of;
});
guide.addEventListener("migraine-guide:error", ({ detail }) => {
  // @ts-expect-error
  return detail.code === "wrong-answer";
});
