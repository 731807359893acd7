/** What the popup asks of the history: this week, one share, a reading to add, erasing it all. */

import { connection, setConnection, storage } from "./connection.js";
import { given, through } from "./through.js";

/** Shares that the popup gets at once: several times what fits in it. */
const PAGE = 20;

/** The answers to the popup's messages about it. */
export const history = {
  "shares": (/** @type {any} */ { kind: _, ...where }) =>
    through("GET", `shares?${new URLSearchParams({ limit: String(PAGE), ...given(where) })}`, undefined, (body) => ({
      shares: body.shares,
      total: body.total,
      next: body.next,
    })),

  "week": () => through("GET", "week", undefined, (week) => ({ week })),

  "more": (/** @type {any} */ { id }) => through("GET", `shares/${id}/more`, undefined, (more) => ({ more })),

  "add-reading": (/** @type {any} */ { id, texts }) =>
    through("POST", `shares/${id}/readings`, { texts: given(texts) }, ({ left_out, ...share }) => ({ share, left_out })),

  /** At the companion first: where it cannot be reached nothing is lost here either, and one can try again. */
  async "erase"() {
    const { port } = await connection();
    const reply = await through("DELETE", "everything", { confirm: "erase" }, () => ({ ok: true }));
    if (!("ok" in reply)) return reply;
    const area = await storage();
    await Promise.all([area.clear(), chrome.storage.session.clear(), chrome.alarms.clearAll()]);
    await setConnection({ port, token: null, key: null });
    return reply;
  },
};
