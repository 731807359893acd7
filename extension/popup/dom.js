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

/**
 * The sentence for one or for several, `<key>_one` or `<key>_other`, with the number in it, or the values that are given.
 * @param {string} key @param {number} n @param {...string} values
 */
export const counted = (key, n, ...values) =>
  t(`${key}_${plurals.select(n) === "one" ? "one" : "other"}`, ...(values.length ? values : [number(n)]));

/**
 * Makes an element. Functions among the attributes become listeners, `false` and null leave an attribute out. A button
 * sends no form, unless it says so.
 * @param {string} name  tag, with classes after dots
 * @param {Record<string, any>} [attributes]
 * @param {...(Node | string | null | undefined | false)} children
 * @returns {any}
 */
export function el(name, attributes = {}, ...children) {
  const [tag, ...classes] = name.split(".");
  const element = document.createElement(tag);
  if (classes.length) element.className = classes.join(" ");
  if (tag === "button") element.setAttribute("type", "button");
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(key, value);
    else if (value !== null && value !== undefined && value !== false)
      element.setAttribute(key, value === true ? "" : String(value));
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** A small button. @param {string} words @param {() => void} click @param {string} [look] @param {...Node} before */
export const button = (words, click, look = "", ...before) => el(`button.s-btn.small${look}`, { click }, ...before, words);

/** A part of a drawing. @param {string} name @param {Record<string, string | number>} attributes @param {...(Node | string)} inside */
export function make(name, attributes, ...inside) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  element.append(...inside);
  return element;
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
 * What a press does that takes something out of a list, to be brought back in its place.
 * @param {HTMLElement} row
 * @param {() => HTMLElement} there  fills the row; gives the button to be pressed
 * @param {{words: string, back: string, take: () => Promise<any>, restore: () => Promise<any>, trouble: (reply: any) => void}} how
 *   what is said of either; what asks the worker for either
 */
export const takeOut = (row, there, { words, back, take, restore, trouble }) => async () => {
  const good = (/** @type {any} */ reply) => reply.ok || reply.share || reply.proposal;
  const bringBack = async () => {
    const reply = await restore();
    if (!good(reply)) return trouble(reply);
    row.classList.remove("gone");
    there().focus();
    say(back);
  };
  const reply = await take();
  if (!good(reply)) return trouble(reply);
  const undo = button(t("panel_undo"), bringBack, "", icon("undo", true));
  row.replaceChildren(el("p", {}, words), undo);
  row.classList.add("gone");
  undo.focus();
  say(words);
};

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
