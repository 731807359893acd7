/**
 * The service worker: takes messages from the compose box and the popup and answers each with an object.
 * Listeners are registered before anything else happens, or the message that wakes the worker would be lost.
 */

import * as badge from "./badge.js";
import { look, onState, pair, unpair } from "./companion.js";
import { connection } from "./connection.js";
import { judge } from "./messages.js";
import * as outbox from "./outbox.js";
import * as preferences from "./preferences.js";
import { given, through } from "./through.js";

chrome.runtime.onMessage.addListener((message, sender, reply) => {
  const verdict = judge(message, sender);
  if (verdict === "ignore") return false;
  if (verdict === "malformed") {
    reply(fault("malformed"));
    return false;
  }
  answers[message.kind](message, sender).then(reply, () => reply(fault("fault")));
  return true;
});
chrome.alarms.onAlarm.addListener(outbox.onAlarm);
chrome.runtime.onStartup.addListener(begin);
chrome.runtime.onInstalled.addListener(begin);
onState((state) => {
  void badge.show(state);
  if (state === "ready") outbox.nudge();
});

/** Our own failure: never to be taken for a check that passed. @param {string} code */
const fault = (code) => ({ state: "slow", error: { code, message: chrome.i18n.getMessage("state_fault") } });

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

/** @template T @param {number} ms @param {T} value @returns {Promise<T>} */
const after = (ms, value) => new Promise((resolve) => setTimeout(resolve, ms, value));
/** Words for what can go wrong at pairing; any other code is told as a refusal. @type {Record<string, string>} */
const PAIRING_FAULTS = {
  "not_a_code": "state_pair_not_a_code",
  "wrong_code": "state_pair_wrong_code",
  "stale_code": "state_pair_stale_code",
  "void_code": "state_pair_void_code",
  "away": "state_pair_away",
  "slow": "state_pair_slow",
  "foreign-port": "state_pair_foreign_port",
};

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

/** @type {Record<string, (message: any, sender: chrome.runtime.MessageSender) => Promise<object>>} */
const answers = {
  async "hello"() {
    const policy = through("GET", "policy", undefined, (body) => {
      asks = { ...ASK, ...body?.ask };
      return {};
    });
    // A slow companion must not keep the panel from appearing: what it says comes with the first check.
    const known = await Promise.race([policy, after(PANEL_PATIENCE, { state: "ready" })]);
    return { ...known, ask: asks ?? UNKNOWN_ASK, style: await readStyle() };
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

  "dismiss-rule": ({ rule }) => preferences.leaveOut(rule),

  async "pressed"({ share }) {
    await outbox.pressed(share);
    return { ok: true };
  },

  async "outcome"({ id, outcome, permalink, urns }) {
    await outbox.settled(id, outcome, { permalink, urns });
    return { ok: true };
  },

  async "not-recognised"({ on }, sender) {
    if (sender.tab?.id !== undefined) await badge.notRecognised(sender.tab.id, sender.frameId ?? 0, on);
    return { ok: true };
  },

  async "state"() {
    const [state, { waiting, aside }, { port }] = await Promise.all([look(), outbox.contents(), connection()]);
    return { state, port, pending: waiting.length, waiting, aside };
  },

  async "pair"({ code }) {
    const result = await pair(code);
    if ("ok" in result) return result;
    const key = PAIRING_FAULTS[result.error] ?? "state_pair_refused";
    return { error: { code: result.error, message: chrome.i18n.getMessage(key, [String(result.port)]) } };
  },

  async "unpair"() {
    await unpair();
    return { ok: true };
  },

  "shares": ({ q, cursor }) =>
    through("GET", `shares?${new URLSearchParams(given({ q: q || null, cursor }))}`, undefined, (body) => ({
      shares: body.shares,
      total: body.total,
      next: body.next,
    })),

  async "delete-share"({ id }) {
    const here = await outbox.take(id);
    return here
      ? { state: "ready", share: here }
      : through("DELETE", `shares/${id}`, undefined, (share) => ({ share }));
  },

  async "restore-share"({ share }) {
    await outbox.restore(share);
    return { ok: true };
  },

  async "settle-share"({ id, live }) {
    if (await outbox.holds(id)) {
      await (live ? outbox.settled(id, "confirmed", {}) : outbox.take(id));
      return { state: "ready", ok: true };
    }
    const ok = () => ({ ok: true });
    return live
      ? through("PATCH", `shares/${id}`, { status: "confirmed" }, ok)
      : through("DELETE", `shares/${id}`, undefined, ok);
  },

  async "settle-aside"({ id, keep }) {
    await (keep ? outbox.retry(id) : outbox.take(id));
    return { ok: true };
  },

  "left-out": () => preferences.leftOut(),

  "restore-rules": () => preferences.restore(),

  async "pages"() {
    const link = await through("POST", "page-links", undefined, (body) => ({ url: body?.url }));
    const { port } = await connection();
    if (!("url" in link)) return link;
    const url = String(link.url);
    // Only ever our own companion's pages, whatever the answer says.
    if (!url.startsWith(`http://sayso.localhost:${port}/`)) return { state: "foreign-port" };
    await chrome.tabs.create({ url });
    return { state: "ready", ok: true };
  },
};
