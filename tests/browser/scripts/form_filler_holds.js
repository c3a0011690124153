// Returns the linkIds of the questions that LHC-Forms shows, in order, and its QuestionnaireResponse.

() => {
  const items = [...document.querySelectorAll(".lhc-item[id^=item-]")];
  const shown = items.filter((it) => it.checkVisibility());
  const links = shown.map((it) => it.id.replace(/^item-/, "").replace(/\/1$/, ""));
  return { links, response: LForms.Util.getFormFHIRData("QuestionnaireResponse", "R4", "#form") };
}
