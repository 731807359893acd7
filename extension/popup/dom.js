/** Small helpers for the popup: elements, words, messages to the worker. */

const { SaysoWords, SaysoIcons } = /** @type {any} */ (globalThis);

export const icon = SaysoIcons.icon;
export const bubble = SaysoIcons.bubble;
export const glyph = SaysoIcons.glyph;
export const verdictPhrase = SaysoWords.verdictPhrase;
export const ownWordsPhrase = SaysoWords.ownWordsPhrase;

/** A sentence in the browser's language. @type {(key: string, ...values: (string | number)[]) => string} */
export const t = SaysoWords.message;

/** The language our words come in, with the person's region where they speak that language. */
export const locale = (() => {
  const own = SaysoWords.language();
  const theirs = chrome.i18n.getUILanguage();
  return theirs.split("-")[0] === own ? theirs : own;
})();

const numbers = new Intl.NumberFormat(locale);

/** A whole number as people here write it. @param {number} n */
export const number = (n) => numbers.format(n);

/** A figure, or a dash where it is not known: a dash is no zero. @param {number | null | undefined} n */
export const known = (n) =>
  typeof n === "number"
    ? number(n)
    : el("span", {}, el("span", { "aria-hidden": "true" }, "–"), el("span.s-hidden", {}, t("popup_unknown")));

/** The newest reading of one figure of a share, null where it never was read. @param {any} share @param {string} figure */
export function latest(share, figure) {
  const found = share.readings.filter((/** @type {any} */ reading) => Number.isInteger(reading[figure]));
  const at = (/** @type {any} */ reading) => Date.parse(reading.read_at);
  // Of two that were read at the same time the one added later is taken.
  return found.length ? found.reduce((/** @type {any} */ a, /** @type {any} */ b) => (at(b) >= at(a) ? b : a))[figure] : null;
}

const plurals = new Intl.PluralRules(locale);

/** Picks the sentence for one or for several. @param {number} n @param {string} one @param {string} other */
export const plural = (n, one, other) => (plurals.select(n) === "one" ? one : other);

/**
 * Makes an element. Functions among the attributes become listeners, `false` and null leave an attribute out.
 * @param {string} name  tag, with classes after dots
 * @param {Record<string, any>} [attributes]
 * @param {...(Node | string | null | undefined | false)} children
 * @returns {any}
 */
export function el(name, attributes = {}, ...children) {
  const [tag, ...classes] = name.split(".");
  const element = document.createElement(tag);
  if (classes.length) element.className = classes.join(" ");
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(key, value);
    else if (value !== null && value !== undefined && value !== false)
      element.setAttribute(key, value === true ? "" : String(value));
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/**
 * A drawing of strokes.
 * @param {{[attribute: string]: string}} attributes  of the whole
 * @param {[look: string, d: string][]} paths
 * @returns {SVGElement}
 */
export function drawing(attributes, paths) {
  const make = (/** @type {string} */ name, /** @type {{[attribute: string]: string}} */ given) => {
    const element = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(given)) element.setAttribute(key, value);
    return element;
  };
  const svg = /** @type {SVGElement} */ (make("svg", { "aria-hidden": "true", ...attributes }));
  svg.append(...paths.map(([look, d]) => make("path", { class: look, d })));
  return svg;
}

/** A sentence whose `commands` are shown as code. @param {string} sentence @returns {DocumentFragment} */
export function rich(sentence) {
  const fragment = document.createDocumentFragment();
  sentence.split("`").forEach((part, index) => fragment.append(index % 2 ? el("code", {}, part) : part));
  return fragment;
}

/** Tells a screen reader what just happened. @param {string} sentence */
export function say(sentence) {
  const said = /** @type {HTMLElement} */ (document.getElementById("said"));
  said.textContent = sentence;
}

/** What was asked before this was read, each answer for one use. @type {Record<string, Promise<any>>} */
const asked = /** @type {any} */ (globalThis).SaysoAsked ?? {};

/** The answer to a question of early.js, else asked now. @param {string} kind */
export function first(kind) {
  const { [kind]: answer } = asked;
  delete asked[kind];
  return answer ? answer.then((reply) => reply ?? fault()) : send(kind);
}

const fault = () => ({ state: "slow", error: { code: "fault", message: t("state_fault") } });

/**
 * A message to the worker.
 * @param {string} kind
 * @param {object} [fields]
 * @returns {Promise<any>} always an object
 */
export async function send(kind, fields = {}) {
  try {
    return (await chrome.runtime.sendMessage({ kind, ...fields })) ?? fault();
  } catch {
    return fault();
  }
}
