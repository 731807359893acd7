/**
 * A pairing code that the companion's own page hands over, so that nobody has to type it. Any page of a program on
 * this computer can do the same, so nothing is sent anywhere because of an offer: it waits until the person has read
 * in the popup which port it is for, and has said yes.
 */

import { DEFAULT_PORT } from "./connection.js";
import { readCode } from "./companion.js";

const HOSTS = new Set(["127.0.0.1", "sayso.localhost"]);
/** As long as a code works, in ms. */
const LIFE = 600_000;

/** @typedef {{id: string, code: string, port: number, at: number}} Offer */

/**
 * What a page offers, if it may: its code must name the port that the page itself came from.
 * @param {any} message
 * @param {chrome.runtime.MessageSender} sender
 * @returns {{code: string, port: number} | null}
 */
export function judge(message, sender) {
  if (message?.kind !== "offer" || Object.keys(message).length !== 2) return null;
  if (typeof message.code !== "string" || message.code.length > 24) return null;
  if (sender.id !== undefined || !sender.tab || sender.frameId !== 0) return null;
  if (!sender.origin || !URL.canParse(sender.origin)) return null;
  const { protocol, hostname, port } = new URL(sender.origin);
  const read = readCode(message.code);
  if (protocol !== "http:" || !HOSTS.has(hostname) || !read) return null;
  const named = read.port ?? DEFAULT_PORT;
  return Number(port || 80) === named ? { code: read.code, port: named } : null;
}

/**
 * Keeps an offer, in memory alone, in the place of an earlier one, and opens the popup where Chromium lets us.
 * @param {{code: string, port: number}} offer
 * @returns {Promise<boolean>} whether the popup is open
 */
export async function keep(offer) {
  await chrome.storage.session.set({ offer: { ...offer, id: crypto.randomUUID(), at: Date.now() } });
  try {
    await chrome.action.openPopup();
    return true;
  } catch {
    return false;
  }
}

/** The offer that waits for an answer. @returns {Promise<Offer | null>} */
export async function waiting() {
  const { offer } = /** @type {{offer?: Offer}} */ (await chrome.storage.session.get("offer"));
  if (!offer) return null;
  const age = Date.now() - offer.at;
  return age >= 0 && age < LIFE ? offer : null;
}

/**
 * Uses up the offer with this id; null where another has taken its place since the person read it.
 * @param {string} id
 */
export async function take(id) {
  const offer = await waiting();
  if (offer?.id !== id) return null;
  await chrome.storage.session.remove("offer");
  return offer;
}
