/** What the popup asks of the history, of what still waits in the outbox, too: shares, their readings, erasing it all. */

import { connection, setConnection, storage } from "./connection.js";
import * as outbox from "./outbox.js";
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
