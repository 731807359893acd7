/**
 * The outbox's records. Each has a key of its own in storage, so it outlives the worker, the companion and the
 * browser, and no change to one can undo a change to another.
 */

import { storage } from "./connection.js";
import { PREFIX } from "./keys.js";

/**
 * @typedef {object} Record
 * @property {string} id
 * @property {"pressed" | "waiting" | "aside"} stage
 *   pressed: the person pressed Post, and whether the post went out is not known yet;
 *   waiting: to be sent to the companion;
 *   aside: the companion refused it, so it is kept and told in the popup
 * @property {number} at  when it was pressed, in ms since 1970
 * @property {number} [tab]  the tab it was pressed in
 * @property {any} [share]  the body of POST shares
 * @property {any} [amend]  the body of PATCH shares/{id}, for a share that the companion has already
 * @property {string} [reason]  why it was put aside: "conflict" or "refused"
 */

/** @type {Promise<void>} */
let last = Promise.resolve();

/**
 * Work that reads and then writes goes one piece after the other.
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export function inTurn(work) {
  const result = last.then(work);
  const done = () => undefined;
  last = result.then(done, done);
  return result;
}

/** All records, oldest first. @returns {Promise<Record[]>} */
export async function records() {
  const area = await storage();
  const all = Object.entries(await area.get(null)).filter(([key]) => key.startsWith(PREFIX));
  return all.map(([, record]) => /** @type {Record} */ (record)).sort((a, b) => a.at - b.at);
}

/** @param {string} id @returns {Promise<Record | undefined>} */
export async function read(id) {
  const area = await storage();
  const found = /** @type {{[key: string]: Record}} */ (await area.get(PREFIX + id));
  return found[PREFIX + id];
}

/** @param {Record} record */
export async function write(record) {
  const area = await storage();
  await area.set({ [PREFIX + record.id]: record });
}

/** @param {string} id */
export async function remove(id) {
  const area = await storage();
  await area.remove(PREFIX + id);
}
