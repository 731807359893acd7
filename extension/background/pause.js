/**
 * The person's pause. While it lasts the worker answers nobody but the popup and sends nothing to anybody, so no part
 * of Sayso has anything to show. It is kept in this browser alone.
 */

import { storage } from "./connection.js";
import { toPages } from "./pages.js";

const ALARM = "pause";

/**
 * today: until midnight here; open: until the person says; good: Sayso is to leave this browser.
 * @typedef {"today" | "open" | "good"} Kind
 * @typedef {{kind: Kind, until: number | null}} Pause  until in ms since 1970
 */

/** As kept; undefined before it was read. @type {Pause | null | undefined} */
let known;

/** @param {Pause} pause */
const over = (pause) => pause.until !== null && Date.now() >= pause.until;

/** The pause that is on, if there is one. @returns {Promise<Pause | null>} */
export async function paused() {
  if (known === undefined) {
    const area = await storage();
    const kept = /** @type {{pause?: Pause}} */ (await area.get("pause"));
    // It may have been set while this was read.
    known ??= kept.pause ?? null;
  }
  return known && !over(known) ? known : null;
}

/** @param {Kind} kind */
export async function pause(kind) {
  const until = kind === "today" ? new Date().setHours(24, 0, 0, 0) : null;
  const area = await storage();
  await area.set({ pause: { kind, until } });
  known = { kind, until };
  if (until) await chrome.alarms.create(ALARM, { when: until });
  else await chrome.alarms.clear(ALARM);
  await toPages({ kind: "paused", on: true });
}

export async function resume() {
  const area = await storage();
  await area.remove("pause");
  known = null;
  await chrome.alarms.clear(ALARM);
  await toPages({ kind: "paused", on: false });
}

/** Whether this alarm is the end of a pause. @param {chrome.alarms.Alarm} alarm */
export const ends = (alarm) => alarm.name === ALARM;
