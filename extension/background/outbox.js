/**
 * Shares on their way into the history: kept until the companion has answered for each. The companion logs a share
 * id once, so sending twice is safe and losing one is not.
 */

import { ask } from "./companion.js";
import { connection } from "./connection.js";
import { paused } from "./pause.js";
import { inTurn, read, records, remove, write } from "./records.js";
import { given } from "./through.js";

const ALARM = "outbox";
/** How long a press waits for its outcome, in ms; then the share counts as unconfirmed. */
const OUTCOME_WAIT = 60_000;
/** How long between two tries, in ms. */
const RETRY = 60_000;
const LINKEDIN = "https://www.linkedin.com/";

/** @typedef {import("./records.js").Record} Record */

/** Known to hold nothing: saves a look into the storage after each check. */
let empty = false;

/** Sets the one alarm to the next moment there is something to do. */
async function schedule() {
  const now = Date.now();
  const all = await records();
  empty = all.length === 0;
  const due = all.flatMap((record) =>
    record.stage === "pressed" ? [record.at + OUTCOME_WAIT] : record.stage === "waiting" ? [now + RETRY] : [],
  );
  // What waits goes on waiting; the end of the pause sends it.
  if (due.length && !(await paused())) await chrome.alarms.create(ALARM, { when: Math.max(now + 1000, Math.min(...due)) });
  else await chrome.alarms.clear(ALARM);
}

/** Only what the history keeps: of a finding its rule, never words of the text. @param {any} share */
function body(share) {
  const findings = (share.findings ?? []).map((/** @type {any} */ f) => ({
    rule: f.rule,
    level: f.level,
    category: f.category,
  }));
  const lang = share.lang?.slice(0, 2).toLowerCase();
  return Object.fromEntries(
    Object.entries({ ...share, lang, findings }).filter(
      ([key, value]) => value !== undefined && (value !== null || key === "about_work"),
    ),
  );
}

/**
 * What LinkedIn's page told of the post, taken over only where it has the form it should have.
 * @param {{permalink?: string | null, urns?: string[] | null}} evidence
 */
function whereabouts({ permalink, urns }) {
  const good = (urns ?? []).filter((urn) => /^urn:li:[A-Za-z]+:\d+$/.test(urn)).slice(0, 5);
  return {
    ...(permalink?.startsWith(LINKEDIN) && !/\s/.test(permalink) ? { permalink } : {}),
    ...(good.length ? { urns: good } : {}),
  };
}

/**
 * The person pressed Post. Nothing is sent yet; resolved once it is stored. Whether it is about work, and so whether it is
 * kept, is left to the companion (null).
 * @param {any} share
 * @param {number} [tab]  where
 */
export function pressed(share, tab) {
  return inTurn(async () => {
    // Once its outcome is known, the same press told again must not put it back.
    if (((await read(share.id))?.stage ?? "pressed") !== "pressed") return;
    await write({ id: share.id, stage: "pressed", at: Date.now(), tab, share: body({ ...share, about_work: null }) });
    await schedule();
  });
}

/**
 * The press whose outcome the page it was made on can no longer tell, because this tab has loaded another.
 * @param {number} [tab]
 * @returns {Promise<{id: string, text: string} | null>}
 */
export async function leftBehind(tab) {
  const found = (await inTurn(records)).findLast(
    (each) => each.stage === "pressed" && each.tab === tab && Date.now() - each.at < OUTCOME_WAIT,
  );
  return found ? { id: found.id, text: found.share.text } : null;
}

/**
 * What became of a press.
 * @param {string} id
 * @param {"confirmed" | "unconfirmed" | "dropped"} outcome
 * @param {{permalink?: string | null, urns?: string[] | null}} evidence
 */
export async function settled(id, outcome, evidence) {
  await inTurn(async () => {
    const record = await read(id);
    if (outcome === "dropped") {
      if (record?.stage === "pressed") await remove(id);
    } else if (record?.share) {
      // A late "unconfirmed" takes nothing back.
      const status = record.share.status === "confirmed" ? "confirmed" : outcome;
      await write({ ...record, stage: "waiting", share: { ...record.share, ...whereabouts(evidence), status } });
    } else if (outcome === "confirmed" && (await connection()).token) {
      // Without a connection everything was erased meanwhile, or nobody is there who knows the share.
      await amend(id, whereabouts(evidence));
    }
    await schedule();
  });
  // Not waited for: what was told is safe, and the compose box need not know how long the companion takes.
  void flush();
}

/**
 * Evidence that came after the share was logged as unconfirmed.
 * @param {string} id
 * @param {{permalink?: string}} found
 */
async function amend(id, { permalink }) {
  await write({
    id,
    stage: "waiting",
    at: Date.now(),
    amend: { status: "confirmed", ...(permalink ? { permalink } : {}) },
  });
}

/** Takes a share that was deleted back in. @param {any} share */
export async function restore(share) {
  await inTurn(async () => {
    await write({ id: share.id, stage: "waiting", at: Date.now(), share: body(share) });
    await schedule();
  });
  await flush();
}

/**
 * Takes a share out of the outbox.
 * @param {string} id
 * @returns {Promise<any>} the share, or null where none with this id is here
 */
export function take(id) {
  return inTurn(async () => {
    const record = await read(id);
    if (!record?.share) return null;
    await remove(id);
    await schedule();
    return { status: "confirmed", ...record.share };
  });
}

/** @param {string} id */
export async function holds(id) {
  return (await inTurn(() => read(id)))?.share !== undefined;
}

/**
 * Tries a share that was put aside once more; under a new id where its own belongs to another text.
 * @param {string} id
 */
export async function retry(id) {
  await inTurn(async () => {
    const record = await read(id);
    if (record?.stage !== "aside" || !record.share) return;
    const next = record.reason === "conflict" ? crypto.randomUUID() : id;
    const { reason: _, ...kept } = record;
    await write({ ...kept, id: next, stage: "waiting", share: { ...record.share, id: next } });
    if (next !== id) await remove(id);
    await schedule();
  });
  await flush();
}

/** What is here, for the popup. */
export async function contents() {
  const all = await inTurn(records);
  const shares = (/** @type {string} */ stage) => all.filter((r) => r.stage === stage && r.share);
  return {
    waiting: shares("waiting").map((record) => record.share),
    aside: shares("aside").map((record) => ({ ...record.share, reason: record.reason })),
  };
}

/** Presses without an outcome become unconfirmed shares. */
async function ripen() {
  const now = Date.now();
  for (const record of await records()) {
    // A clock that was set back must not keep a press waiting for ever.
    const waited = now - record.at;
    if (record.stage === "pressed" && (waited >= OUTCOME_WAIT || waited < 0)) {
      await write({ ...record, stage: "waiting", share: { ...record.share, status: "unconfirmed" } });
    }
  }
}

/** @type {Promise<void> | null} */
let running = null;
/** Asked for while a run was under way, which may have looked already. */
let again = false;

/** Sends what waits; several callers share one run. */
export function flush() {
  again = true;
  running ??= run();
  return running;
}

/** Something was heard from the companion: a good moment, if there is anything to send. */
export function nudge() {
  if (!empty && !running) void flush();
}

async function run() {
  try {
    while (again) {
      again = false;
      await pass();
    }
  } finally {
    running = null;
  }
}

/** Sends each waiting record once, oldest first, as long as the companion takes them. */
async function pass() {
  await inTurn(ripen);
  const tried = new Set();
  for (;;) {
    const next = (await inTurn(records)).find((record) => record.stage === "waiting" && !tried.has(stamp(record)));
    if (!next) break;
    tried.add(stamp(next));
    if (!(await deliver(next))) break;
  }
  await inTurn(schedule);
}

/** A record as it was when it was sent. @param {Record} record */
function stamp(record) {
  return JSON.stringify(record);
}

/**
 * What the check says of a share that was posted faster than it was checked, or while the companion was away.
 * @param {any} share
 * @returns {Promise<any>} null where the companion cannot be asked now
 */
async function checked(share) {
  // Of any other share it is known already whether it is about work.
  if (share.disclosure !== undefined || share.about_work !== null) return share;
  const { text, item_id: item, variant_id: variant, platform_label } = share;
  const { state, status, body: check } = await ask("POST", "checks", given({ text, item, variant, platform_label }));
  if (state !== "ready") return null;
  if (status !== 200) return share;
  const { lang, disclosure, findings, policy_version, own_words } = check;
  return body({ ...share, lang, disclosure, findings, policy_version, own_words: own_words ?? undefined });
}

/**
 * Sends one record.
 * @param {Record} record
 * @returns {Promise<boolean>} false where going on is of no use now
 */
async function deliver(record) {
  const share = record.amend ? null : await checked(record.share);
  if (!record.amend && !share) return false;
  const answer = record.amend
    ? await ask("PATCH", `shares/${record.id}`, record.amend)
    : await ask("POST", "shares", share);
  if (answer.state !== "ready") return false;
  const status = answer.status ?? 0;
  const done = status === 200 || status === 201 || (record.amend && status === 404);
  if (!done && (status >= 500 || status === 408 || status === 429)) return false;
  await inTurn(async () => {
    const now = await read(record.id);
    if (!now) return;
    if (!done) await write({ ...now, stage: "aside", reason: status === 409 ? "conflict" : "refused" });
    else if (stamp(now) === stamp(record)) await remove(record.id);
    // While it was under way, evidence came in: the companion has the share, so only the news is left to send.
    else if (now.share?.status === "confirmed") await amend(record.id, now.share);
    else await remove(record.id);
  });
  return true;
}

/** @param {chrome.alarms.Alarm} alarm */
export function onAlarm(alarm) {
  return alarm.name === ALARM ? flush() : undefined;
}
