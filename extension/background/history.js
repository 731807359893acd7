/** What the popup asks of the history: this week, one share, a reading to add, erasing it all. */

import { connection, setConnection, storage } from "./connection.js";
import { given, through } from "./through.js";

/** The answers to the popup's messages about it. */
export const history = {
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
