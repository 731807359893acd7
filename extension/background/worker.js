/**
 * The service worker: takes messages from the compose box and the popup and answers each with an object.
 * Listeners are registered before anything else happens, or the message that wakes the worker would be lost.
 */

import * as badge from "./badge.js";
import { forget, look, onState, pair, unpair } from "./companion.js";
import { connection } from "./connection.js";
import { history } from "./history.js";
import { judge } from "./messages.js";
import * as offers from "./offers.js";
import { keep, opened } from "./opened.js";
import * as outbox from "./outbox.js";
import { toPages } from "./pages.js";
import * as pausing from "./pause.js";
import * as preferences from "./preferences.js";
import { proposals } from "./proposals.js";
import { collapse, showBeside, shown } from "./shown.js";
import { given, through, told } from "./through.js";

chrome.runtime.onMessage.addListener((message, sender, reply) => {
  const verdict = judge(message, sender);
  if (verdict === "ignore") return false;
  if (verdict === "malformed") {
    reply(fault("malformed"));
    return false;
  }
  answer(message, sender).then(reply, () => reply(fault("fault")));
  return true;
});
// The companion's own pages, and whoever else sits at their addresses; a message that is no offer gets no answer.
chrome.runtime.onMessageExternal.addListener((message, sender, reply) => {
  const offer = offers.judge(message, sender);
  if (!offer) return false;
  consider(offer).then(reply, () => reply(null));
  return true;
});
// Compose boxes keep one open: its end tells them when the extension is updated or removed.
chrome.runtime.onConnect.addListener(() => {});
chrome.alarms.onAlarm.addListener((alarm) => (pausing.ends(alarm) ? wake() : outbox.onAlarm(alarm)));
chrome.runtime.onStartup.addListener(begin);
chrome.runtime.onInstalled.addListener(begin);
onState(async (state) => {
  // What was under way when the pause began is heard of after it.
  if (await pausing.paused()) return badge.show("paused");
  if (state === "ready") outbox.nudge();
  return badge.show(state);
});

/** Our own failure: never to be taken for a check that passed. @param {string} code */
const fault = (code) => ({ state: "slow", error: { code, message: chrome.i18n.getMessage("state_fault") } });

/** What is answered while the person has paused us: the popup, about the pause. */
const WHILE_PAUSED = new Set(["state", "pause", "resume"]);

/** @param {any} message @param {chrome.runtime.MessageSender} sender @returns {Promise<object>} */
async function answer(message, sender) {
  if (!WHILE_PAUSED.has(message.kind) && (await pausing.paused())) return { state: "paused" };
  return answers[message.kind](message, sender);
}

/** @param {{code: string, port: number}} offer */
async function consider(offer) {
  // Paused is paused: nothing opens and nothing is kept.
  if (await pausing.paused()) return null;
  return { ok: true, open: await offers.keep(offer) };
}

/** The pause is over. */
async function wake() {
  await pausing.resume();
  await begin();
}

async function begin() {
  await look();
  await outbox.flush();
}

/** How firmly to ask, where a policy leaves it out. */
const ASK = { required: "confirm", warning: "show", suggestion: "show" };
/** While it is not known: nobody's press is held for a company that may not want it. */
const UNKNOWN_ASK = { ...ASK, required: "show" };
/** How firmly the company wants it, as last heard. @type {typeof ASK | null} */
let asks = null;
/** How long a compose box waits for the policy, in ms. */
const PANEL_PATIENCE = 1500;
/** How long the popup waits for a page that could say what its box is made of, in ms. */
const REPORT_PATIENCE = 500;

/** @template T @param {number} ms @param {T} value @returns {Promise<T>} */
const after = (ms, value) => new Promise((resolve) => setTimeout(resolve, ms, value));

/**
 * The styles of panel and popup, which the panel cannot load itself: nothing here is web-accessible.
 * @type {Promise<string> | null}
 */
let style = null;

function readStyle() {
  const files = ["ui/tokens.css", "ui/components.css"];
  style ??= Promise.all(files.map(async (file) => (await fetch(chrome.runtime.getURL(file))).text())).then((parts) =>
    parts.join("\n"),
  );
  return style;
}

/** @param {string} typed  or offered */
async function connect(typed) {
  const result = await pair(typed);
  if ("ok" in result) {
    await toPages({ kind: "connected" });
    return result;
  }
  const code = result.error;
  const words = (/** @type {string} */ why) => chrome.i18n.getMessage(`state_pair_${why}`, [String(result.port)]);
  // A code without words of its own is told as a refusal.
  const message = told(/** @type {any} */ (code)).error?.message ?? (words(code.replace(/\W/g, "_")) || words("refused"));
  return { error: { code, message } };
}

/** @type {Record<string, (message: any, sender: chrome.runtime.MessageSender) => Promise<object>>} */
const answers = {
  async "hello"() {
    const policy = through("GET", "policy", undefined, (body) => {
      asks = { ...ASK, ...body?.ask };
      return {};
    });
    // A slow companion must not keep the panel from appearing: what it says comes with the first check.
    const known = await Promise.race([policy, after(PANEL_PATIENCE, { state: "ready" })]);
    const [css, begun] = await Promise.all([readStyle(), opened()]);
    return { ...known, ask: asks ?? UNKNOWN_ASK, style: css, opened: begun, ...(await shown()) };
  },

  "check": ({ text, item, variant, lang, platform_label }) =>
    through("POST", "checks", given({ text, item, variant, lang: lang?.slice(0, 2), platform_label }), (body) => ({
      check: body,
      // A worker that slept has forgotten it; the compose box has not.
      ...(asks && { ask: asks }),
    })),

  "suggest": ({ text, lang, limit }) =>
    through("POST", "suggestions", given({ text, limit, lang: lang?.slice(0, 2) }), (body) => ({
      suggestions: body.suggestions,
      total: body.total,
    })),

  async "collapse"({ collapsed }) {
    await collapse(collapsed);
    return { ok: true };
  },

  async "beside"({ on }) {
    if (typeof on === "boolean") await showBeside(on);
    return { ok: true, on: (await shown()).beside };
  },

  "dismiss-rule": ({ rule }) => preferences.leaveOut(rule),

  async "opened"({ item, variant = null, urn }) {
    await keep({ item, variant, urn });
    return { ok: true };
  },

  async "pressed"({ share }, sender) {
    await outbox.pressed(share, sender.tab?.id);
    return { ok: true };
  },

  async "landed"(_, sender) {
    return { ok: true, press: await outbox.leftBehind(sender.tab?.id) };
  },

  async "outcome"({ id, outcome, permalink, urns }) {
    await outbox.settled(id, outcome, { permalink, urns });
    return { ok: true };
  },

  "own-post": ({ urn }) => preferences.ownPost(urn),

  // Whether it may be read is the companion's to say.
  "own-figures": ({ id, urn, texts }) =>
    through("POST", `shares/${id}/readings`, { where: "page", urn, texts: given(texts) }, () => ({ ok: true })),

  async "not-recognised"({ on }, sender) {
    if (sender.tab?.id !== undefined) await badge.notRecognised(sender.tab.id, sender.frameId ?? 0, on);
    return { ok: true };
  },

  // Asked of the pages anew each time: this worker may have slept since a box was told to be unknown.
  async "report"() {
    const tabs = await chrome.tabs.query({ url: "https://www.linkedin.com/*" });
    const reports = tabs.map(async ({ id }) => {
      const answer = chrome.tabs.sendMessage(/** @type {number} */ (id), { kind: "report" }).catch(() => null);
      // A page that is frozen answers never.
      return (await Promise.race([answer, after(REPORT_PATIENCE, null)]))?.report;
    });
    return { ok: true, report: (await Promise.all(reports)).find(Boolean) ?? null };
  },

  async "state"() {
    const [state, { waiting, aside }, here] = await Promise.all([look(), outbox.contents(), connection()]);
    const [pause, offer] = await Promise.all([pausing.paused(), offers.waiting()]);
    return {
      ...told(state),
      port: here.port,
      pending: waiting.length,
      waiting,
      aside,
      pause,
      // The code itself stays here: the popup needs to know only whom it would reach.
      offer: offer && !pause ? { id: offer.id, port: offer.port, connected: here.token ? here.port : null } : null,
    };
  },

  "pair": ({ code }) => connect(code),

  async "take-offer"({ id }) {
    const offer = await offers.take(id);
    if (offer) return connect(`${offer.port}-${offer.code}`);
    return { error: { code: "no_offer", message: chrome.i18n.getMessage("state_no_offer") } };
  },

  async "drop-offer"({ id }) {
    await offers.take(id);
    return { ok: true };
  },

  async "pause"({ how }) {
    if (how === "good") await forget();
    await pausing.pause(how);
    await look();
    await outbox.flush();
    return { ok: true };
  },

  async "resume"() {
    await wake();
    return { ok: true };
  },

  async "unpair"() {
    await unpair();
    return { ok: true };
  },

  "left-out": () => preferences.leftOut(),

  "restore-rules": () => preferences.restore(),

  "suits": () => preferences.suits(),

  "prefer": ({ kind: _, ...fields }) => preferences.set(fields),

  "decline": ({ item, undo }) =>
    through(undo ? "DELETE" : "POST", `items/${item}/decline`, undefined, () => ({ ok: true })),

  ...proposals,

  ...history,

  async "erase"() {
    const reply = await history.erase();
    await look();
    return reply;
  },

  async "pages"({ to, share }) {
    const link = await through("POST", "page-links", undefined, (body) => ({ url: body?.url }));
    const { port } = await connection();
    if (!("url" in link)) return link;
    const url = `${link.url}${to || share ? `&${new URLSearchParams(given({ to, share }))}` : ""}`;
    // Only ever our own companion's pages, whatever the answer says.
    if (!url.startsWith(`http://sayso.localhost:${port}/`)) return { state: "foreign-port" };
    await chrome.tabs.create({ url });
    return { state: "ready", ok: true };
  },
};
