/**
 * Where the companion is and what was agreed with it at pairing. Kept in this browser, out of reach of content
 * scripts; only the worker reads and writes it.
 */

export const DEFAULT_PORT = 7297;

/**
 * @typedef {object} Connection
 * @property {number} port
 * @property {string | null} token  the bearer token
 * @property {string | null} key    hex: with it the companion proves, before each request, that it is the one we paired
 */

/** Without this, content scripts could read the token. */
const guarded = chrome.storage.local.setAccessLevel({ accessLevel: "TRUSTED_CONTEXTS" });

/** @type {Connection | null} */
let known = null;

/** The storage, once it is closed to content scripts. @returns {Promise<chrome.storage.LocalStorageArea>} */
export async function storage() {
  await guarded;
  return chrome.storage.local;
}

/** @returns {Promise<Connection>} */
export async function connection() {
  if (known) return known;
  const area = await storage();
  const kept = /** @type {{connection?: Connection}} */ (await area.get("connection"));
  // Another may have been agreed on while this was read.
  known ??= { port: DEFAULT_PORT, token: null, key: null, ...kept.connection };
  return known;
}

/** @param {Connection} next */
export async function setConnection(next) {
  const area = await storage();
  await area.set({ connection: next });
  known = next;
}

/** Forgets a token that was refused, unless another has taken its place meanwhile. @param {string} token */
export async function forgetToken(token) {
  const now = await connection();
  if (now.token === token) await setConnection({ ...now, token: null, key: null });
}
