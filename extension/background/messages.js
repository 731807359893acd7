/**
 * The closed list of messages the worker answers: who may send each kind, and what it must look like.
 * A kind that is not listed, or that comes from elsewhere than its place, is not answered at all.
 */

const LINKEDIN = "https://www.linkedin.com";
/** Longest text taken over, in UTF-16 units: far above what LinkedIn lets anyone post. */
const MAX_TEXT = 1_000_000;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** @typedef {(value: any) => boolean} Test */

/** @type {(limit: number) => Test} */
const string = (limit) => (value) => typeof value === "string" && value.length <= limit;
/** @type {(low: number, high: number) => Test} */
const number = (low, high) => (value) => typeof value === "number" && value >= low && value <= high;
/** @type {(...values: string[]) => Test} */
const oneOf =
  (...values) =>
  (value) =>
    values.includes(value);
/** @type {(each: Test, limit: number) => Test} */
const listOf = (each, limit) => (value) => Array.isArray(value) && value.length <= limit && value.every(each);
/** @type {Test} */
const plain = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
/** @type {Test} */
const flag = (value) => typeof value === "boolean";
/** @type {Test} */
const uuid = (value) => typeof value === "string" && UUID.test(value);
/** @type {Test} */
const time = (value) => typeof value === "string" && value.length <= 40 && !Number.isNaN(Date.parse(value));
const id = string(200);
const text = string(MAX_TEXT);
const words = listOf(string(100), 50);

/** A field that may be left out or null. @type {(test: Test) => Test} */
const maybe = (test) => (value) => value === undefined || value === null || test(value);

/** Every key known, every test passed. @type {(fields: Record<string, Test>) => Test} */
const shape = (fields) => (value) =>
  plain(value) &&
  Object.keys(value).every((key) => Object.hasOwn(fields, key)) &&
  Object.entries(fields).every(([key, test]) => test(value[key]));

const pressedShare = {
  id: uuid,
  text,
  posted_at: time,
  item_id: maybe(id),
  variant_id: maybe(id),
  own_words: maybe(number(0, 1)),
  lang: maybe(string(35)),
  disclosure: maybe(string(40)),
  platform_label: maybe(flag),
  findings: maybe(listOf(plain, 500)),
  policy_version: maybe(string(100)),
  dismissed: maybe(listOf(string(100), 200)),
};

/** What DELETE shares/{id} answers comes back here as it was, to be stored again. */
const storedShare = {
  ...pressedShare,
  status: oneOf("confirmed", "unconfirmed"),
  permalink: maybe(string(2000)),
  urns: maybe(listOf(string(200), 20)),
  item_title: maybe(string(2000)),
  topics: maybe(listOf(string(300), 50)),
  about_work: maybe(flag),
  import_id: maybe(id),
  receipts: maybe(listOf(plain, 50)),
  readings: maybe(listOf(plain, 10_000)),
  logged_at: maybe(string(40)),
  updated_at: maybe(string(40)),
};

/** @type {Test} */
const post = (value) => typeof value === "string" && /^urn:li:(share|activity|ugcPost):\d{5,20}$/.test(value);
const count = maybe(string(40));
const figures = { impressions: count, reactions: count, comments: count, reposts: count };

/** What each message holds, by who may send it. @type {Record<"page" | "popup" | "either", Record<string, Record<string, Test>>>} */
const KINDS = {
  page: {
    "hello": {},
    "suggest": { text, lang: maybe(string(35)), limit: maybe(number(1, 50)) },
    "decline": { item: uuid, undo: maybe(flag) },
    "collapse": { collapsed: flag },
    "dismiss-rule": { rule: (value) => value !== "" && string(100)(value) },
    "pressed": { share: shape(pressedShare) },
    "outcome": {
      id: uuid,
      outcome: oneOf("confirmed", "unconfirmed", "dropped"),
      permalink: maybe(string(2000)),
      urns: maybe(listOf(string(200), 20)),
    },
    "opened": { item: uuid, variant: maybe(uuid), urn: post },
    "landed": {},
    "own-post": { urn: post },
    "own-figures": { id: uuid, urn: post, texts: shape(figures) },
    "not-recognised": { on: flag },
  },
  popup: {
    "report": {},
    "state": {},
    "pair": { code: string(200) },
    "unpair": {},
    "shares": {
      q: maybe(string(500)),
      cursor: maybe(string(500)),
      status: maybe(string(20)),
      disclosure: maybe(string(40)),
      about: maybe(string(20)),
      topic: maybe(string(300)),
    },
    "topics": {},
    "delete-share": { id: uuid },
    "restore-share": { share: shape(storedShare) },
    "settle-share": { id: uuid, live: flag },
    "settle-aside": { id: uuid, keep: flag },
    "beside": { on: maybe(flag) },
    "left-out": {},
    "restore-rules": {},
    "suits": {},
    "prefer": {
      topics: maybe(words),
      languages: maybe(listOf(string(2), 20)),
      role: maybe(string(100)),
      region: maybe(string(100)),
      asked: maybe(flag),
      tell_clicks: maybe(flag),
      read_pages: maybe(flag),
    },
    "proposals": { cursor: maybe(string(500)) },
    "propose": {
      id: uuid,
      url: string(2000),
      title: string(300),
      why: maybe(string(1000)),
      summary: maybe(string(2000)),
      image: maybe(string(2000)),
      lang: maybe(string(2)),
    },
    "proposal-sent": { id: uuid },
    "remove-proposal": { id: uuid },
    "week": {},
    "more": { id: uuid },
    "add-reading": { id: uuid, texts: shape({ ...figures, clicks: count }) },
    "take-reading": { id: uuid, reading: plain, undo: maybe(flag) },
    "erase": {},
    "pages": { to: maybe(oneOf("history")), share: maybe(uuid) },
    "pause": { how: oneOf("today", "open", "good") },
    "resume": {},
    "take-offer": { id: uuid },
    "drop-offer": { id: uuid },
  },
  either: {
    "check": { text, item: maybe(id), variant: maybe(id), lang: maybe(string(35)), platform_label: maybe(flag) },
  },
};

/**
 * Where a message comes from: a frame of LinkedIn's, our popup, or anywhere else.
 * @param {chrome.runtime.MessageSender} sender
 * @returns {"page" | "popup" | null}
 */
function place(sender) {
  if (sender.id !== chrome.runtime.id || typeof sender.url !== "string") return null;
  // The side panel is the popup's equal: both are our own pages.
  if (["popup/", "sidepanel/"].some((each) => sender.url?.startsWith(chrome.runtime.getURL(each)))) return "popup";
  if (sender.tab && URL.canParse(sender.url) && new URL(sender.url).origin === LINKEDIN) return "page";
  return null;
}

/**
 * Judges a message before anything is done with it.
 * @param {any} message
 * @param {chrome.runtime.MessageSender} sender
 * @returns {"ignore" | "malformed" | "good"}
 */
export function judge(message, sender) {
  const from = place(sender);
  if (!from || !plain(message)) return "ignore";
  const { kind, ...given } = message;
  const known = [KINDS[from], KINDS.either].find((kinds) => Object.hasOwn(kinds, kind));
  return known ? (shape(known[kind])(given) ? "good" : "malformed") : "ignore";
}
