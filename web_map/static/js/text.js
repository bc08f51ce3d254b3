/** The words of the page, the controlled terms of the register, and how numbers and days read. */

const page = JSON.parse(document.getElementById("page-data").textContent);
const terms = new Map();
const classes = new Map();

export const language = page.language;
export const styles = page.style;
/** What the page is about, such as a site's code. */
export const subject = page.subject || "";
const isEnglish = language === "en";

/** Returns the sentence of a key, with {names} filled in. */
export function t(key, values = {}) {
  const sentence = page.text[key];
  if (sentence === undefined) {
    console.error(`no text for ${key}`);
    return key;
  }
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** Takes in the register's controlled words. */
export function learn(vocabulary) {
  for (const [question, words] of Object.entries(vocabulary.terms)) terms.set(question, words);
  for (const one of vocabulary.classes) classes.set(one.name, one);
}

/** Chooses the half of a pair that fits the language: pick(thing, "name") reads name_zh or name_en. */
export function pick(thing, stem) {
  return (isEnglish ? thing[`${stem}_en`] : thing[`${stem}_zh`]) ?? "";
}

/** The words of one question as [value, name]. */
export function wordsOf(question) {
  return (terms.get(question) || []).map((word) => [word.value, isEnglish ? word.en : word.zh]);
}

/** The states that lists and the map show: what became part of another is shown with that one. */
export function shownStates() {
  return wordsOf("CandidateState").filter(([value]) => value !== "MERGED");
}

/** The name of a stored word, or the word itself. */
export function term(question, value) {
  const word = (terms.get(question) || []).find((one) => one.value === value);
  return word ? (isEnglish ? word.en : word.zh) : (value ?? "");
}

/** The class of detection with this name. */
export function classOf(name) {
  const found = classes.get(name);
  const label = found ? (isEnglish ? found.en : found.zh) : name;
  return { label, colour: found?.colour || "#5b6470" };
}

/** The grade of a site as it is read, with its mark where it is provisional. */
export function gradeName({ grade, provisional }) {
  if (!grade) return t("grade.none");
  return term("Grade", grade) + (provisional ? t("grade.provisional_mark") : "");
}

/** The kind of site that a class usually turns out to be, where the server says so. */
export function suggestedKind(name) {
  return classes.get(name)?.site_kind || null;
}

/** The classes that become candidates, as [name, label]. */
export function targetClasses() {
  return [...classes.values()].filter((c) => c.role === "target").map((c) => [c.name, classOf(c.name).label]);
}

/** A number in the language's way. */
export function number(value, digits = 0) {
  return new Intl.NumberFormat(language, { maximumFractionDigits: digits, minimumFractionDigits: 0 }).format(value);
}

/** A figure of quality from 0 to 1, always of two digits so that columns line up. */
export function figure(value) {
  if (value === null || value === undefined) return "—";
  return new Intl.NumberFormat(language, { maximumFractionDigits: 2, minimumFractionDigits: 2 }).format(value);
}

/** A share of one as percent. */
export const percent = (share) => `${Math.round(share * 100)}%`;

/** An area: hectares from one hectare up, else square metres. */
export function area(squareMetres) {
  if (squareMetres === null || squareMetres === undefined) return "";
  if (squareMetres >= 10000) return t("unit.ha", { n: number(squareMetres / 10000, 2) });
  return t("unit.m2", { n: number(squareMetres) });
}

/** A length: kilometres from one kilometre up, else metres. */
export function length(metres) {
  if (metres === null || metres === undefined) return "";
  if (metres >= 1000) return t("unit.km", { n: number(metres / 1000, 2) });
  return t("unit.m", { n: number(metres) });
}

/** A mass in tonnes, or in units of ten thousand where the language has them. */
export function mass(tonnes) {
  if (tonnes === null || tonnes === undefined) return "";
  if (tonnes >= 10000 && !isEnglish) return t("unit.wt", { n: number(tonnes / 10000, 2) });
  return t("unit.t", { n: number(tonnes) });
}

/** An amount of yuan. */
export function money(yuan) {
  if (yuan === null || yuan === undefined) return "";
  if (yuan >= 10000 && !isEnglish) return t("unit.wyuan", { n: number(yuan / 10000, 2) });
  return t("unit.yuan", { n: number(yuan) });
}

/** A moment in local time, its day as the register writes days. */
export function moment(iso) {
  const style = { year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" };
  return new Intl.DateTimeFormat("sv-SE", style).format(new Date(iso));
}

/** The register's day, which is China's wherever the browser stands. */
export const today = () => new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai" }).format(new Date());

/** A place as longitude and latitude in degrees. */
export function place([longitude, latitude]) {
  return t("unit.lonlat", { lon: longitude.toFixed(5), lat: latitude.toFixed(5) });
}
