// Shows a FHIR Questionnaire in LHC-Forms, with the answers of a QuestionnaireResponse if there is one.

/** @param {object} questionnaire @param {object | null} response */
async (questionnaire, response) => {
  const form = LForms.Util.convertFHIRQuestionnaireToLForms(questionnaire, "R4");
  const filled = response ? LForms.Util.mergeFHIRDataIntoLForms(response, form, "R4") : form;
  await LForms.Util.addFormToPage(filled, "form");
}
