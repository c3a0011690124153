// Stands in for the browser's voices: one here, one that sends the text away, one of another language. What it is asked
// to say is kept in `spoken`; a test ends a sentence. There are no voices before `voicesCome`.

() => {
  const voices = [
    { name: "Away", lang: "en-US", localService: false, default: true },
    { name: "Other", lang: "de-DE", localService: true, default: false },
  ];
  const own = { name: "Own", lang: "en-GB", localService: true, default: false };
  /** @type {SpeechSynthesisUtterance[]} */
  const spoken = [];
  let tell = () => {};
  class Utterance {
    /** @param {string} text */
    constructor(text) {
      this.text = text;
    }
  }
  const synthesis = {
    getVoices: () => voices,
    addEventListener: (/** @type {string} */ _type, /** @type {() => void} */ act) => (tell = act),
    speak: (/** @type {SpeechSynthesisUtterance} */ it) => spoken.push(it),
    cancel: () => (window.silenced = (window.silenced ?? 0) + 1),
  };
  Object.defineProperty(window, "speechSynthesis", { value: synthesis });
  Object.assign(window, {
    SpeechSynthesisUtterance: Utterance,
    spoken,
    voicesCome: () => {
      voices.push(own);
      tell();
    },
  });
}
