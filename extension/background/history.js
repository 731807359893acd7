/** What the popup asks of the history: this week, one share, a reading to add, erasing it all. */

import { connection, setConnection, storage } from "./connection.js";
import { inTurn } from "./records.js";
import { given, through } from "./through.js";

/** Shares that the popup gets at first, twice what is in sight, and each time one goes on. */
const FIRST = 8;
const PAGE = 30;

/** The answers to the popup's messages about it. */
export const history = {
  "shares": (/** @type {any} */ { kind: _, ...where }) =>
    through("GET", `shares?${new URLSearchParams({ limit: String(where.cursor ? PAGE : FIRST), ...given(where) })}`, undefined, (body) => ({
      shares: body.shares,
      total: body.total,
      next: body.next,
    })),

  "topics": () => through("GET", "topics", undefined, ({ shared }) => ({ topics: shared })),

  "week": () => through("GET", "week", undefined, (week) => ({ week })),

  "more": (/** @type {any} */ { id }) => through("GET", `shares/${id}/more`, undefined, (more) => ({ more })),

  "add-reading": (/** @type {any} */ { id, texts }) =>
    through("POST", `shares/${id}/readings`, { texts: given(texts) }, ({ left_out, ...share }) => ({ share, left_out })),

  "take-reading": ({ id, reading, undo }) =>
    through(undo ? "PUT" : "DELETE", `shares/${id}/readings`, reading, (share) => ({ share })),

  /**
   * At the companion first: where it is only away nothing is lost here either, and one can try again. One that does not
   * know this browser, as after it was erased itself, cannot be asked: then what is here goes alone.
   */
  async "erase"() {
    const { port } = await connection();
    /** @type {any} */
    const reply = await through("DELETE", "everything", { confirm: "erase" }, () => ({ ok: true }));
    const here = reply.state === "unpaired" || reply.state === "foreign-port";
    if (!reply.ok && !here) return reply;
    const area = await storage();
    // In turn: what is being written to the outbox must not come after.
    await inTurn(async () => {
      await Promise.all([area.clear(), chrome.storage.session.clear(), chrome.alarms.clearAll()]);
      await setConnection({ port, token: null, key: null });
    });
    return { ok: true, here };
  },
};
