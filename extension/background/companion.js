/**
 * The wire to the companion: the only place that speaks HTTP.
 *
 * Any program may hold the port, so a token or a draft goes out only after the companion has proved, to a nonce
 * made for this moment, that it holds the key agreed at pairing. Requests that start together share one proof: who comes
 * while it is awaited goes out with it, who comes when it has been heard asks for another.
 */

import { connection, forgetToken, setConnection } from "./connection.js";
import { paused } from "./pause.js";

/** Longest wait, in ms, for one request with its proof. */
const PATIENCE = 5000;
/** Longest answer read from a program that has not proved itself, in bytes. */
const MAX_UNPROVED = 65_536;
const API = "1";

/** @typedef {import("./connection.js").Connection} Connection */
/**
 * @typedef {"ready" | "away" | "unpaired" | "foreign-port" | "slow" | "paused" | "newer" | "older"} State
 *   newer, older: our own companion, that speaks another version of the API than we do
 * @typedef {{state: State, status?: number, body?: any}} Answer
 */

/** Called with each state that contact with the companion showed. @type {(state: State) => unknown} */
let heard = () => {};

/** @param {(state: State) => unknown} listener */
export function onState(listener) {
  heard = listener;
}

/**
 * One HTTP request. No cookie is sent, nothing cached, no redirect followed.
 * @param {number} port
 * @param {string} path
 * @param {{method?: string, token?: string, body?: object, signal: AbortSignal}} options
 * @returns {Promise<Response>}
 */
function send(port, path, { method = "GET", token, body, signal }) {
  // The language our own words come in: the browser may tell another where it lacks its own words for that language.
  const language = chrome.i18n.getMessage("words_language");
  /** @type {Record<string, string>} */
  const headers = { "Accept": "application/json", "Accept-Language": language };
  if (token) headers["Authorization"] = `Bearer ${token}`;
  if (body) headers["Content-Type"] = "application/json";
  return fetch(`http://127.0.0.1:${port}/api/v1/${path}`, {
    method,
    headers,
    // A lone surrogate is no UTF-8. Its replacement is as long, so offsets stay right.
    body: body && JSON.stringify(body, (_, value) => (typeof value === "string" ? value.toWellFormed() : value)),
    credentials: "omit",
    cache: "no-store",
    // "manual" follows no redirect either, and tells one from a refused connection, which "error" does not.
    redirect: "manual",
    referrerPolicy: "no-referrer",
    signal,
  });
}

/** What a failed fetch means. @param {any} fault @returns {State} */
function meaning(fault) {
  return fault?.name === "TimeoutError" || fault?.name === "AbortError" ? "slow" : "away";
}

/** @param {string} hex @returns {Uint8Array<ArrayBuffer> | null} */
function bytes(hex) {
  if (typeof hex !== "string" || hex.length % 2 || !/^[0-9a-f]+$/i.test(hex)) return null;
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

/**
 * Whether `proof` is the HMAC-SHA256 of the nonce under the key agreed at pairing.
 * @param {string} key hex @param {string} nonce @param {any} proof hex
 */
async function proves(key, nonce, proof) {
  const secret = bytes(key);
  const given = bytes(proof);
  if (!secret || !given) return false;
  const hmac = await crypto.subtle.importKey("raw", secret, { name: "HMAC", hash: "SHA-256" }, false, ["verify"]);
  return crypto.subtle.verify("HMAC", hmac, given, new TextEncoder().encode(nonce));
}

/**
 * The JSON of an answer from a program not yet known; null where it is too long or no JSON.
 * @param {Response} response
 */
async function unprovedJson(response) {
  const reader = response.body?.getReader();
  if (!reader) return null;
  const decoder = new TextDecoder();
  let text = "";
  let size = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    size += part.value.length;
    if (size > MAX_UNPROVED) {
      await reader.cancel();
      return null;
    }
    text += decoder.decode(part.value, { stream: true });
  }
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/**
 * Asks who is on the port; sends neither token nor draft.
 * @param {number} port
 * @param {string | null} key null before pairing: then a companion's manners are all that can be asked for
 * @param {AbortSignal} signal
 * @returns {Promise<State>} ready, away, slow, newer, older or foreign-port
 */
async function knock(port, key, signal) {
  const nonce = Array.from(crypto.getRandomValues(new Uint8Array(32)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
  try {
    const response = await send(port, `health?nonce=${nonce}`, { signal });
    const speaks = response.headers.get("X-Sayso-Api");
    if (response.status !== 200 || !speaks || !/^\d{1,4}$/.test(speaks)) return "foreign-port";
    const body = await unprovedJson(response);
    if (body?.app !== "sayso" || body.api !== Number(speaks)) return "foreign-port";
    if (key !== null && !(await proves(key, nonce, body.proof))) return "foreign-port";
    if (speaks === API) return "ready";
    return Number(speaks) > Number(API) ? "newer" : "older";
  } catch (fault) {
    return meaning(fault);
  }
}

/** The proof that is awaited now, and of whom. @type {{of: Connection, state: Promise<State>} | null} */
let awaited = null;

/** @param {Connection} of */
function proof(of) {
  if (awaited?.of === of) return awaited.state;
  const mine = { of, state: knock(of.port, of.key, AbortSignal.timeout(PATIENCE)) };
  awaited = mine;
  void mine.state.then(() => {
    if (awaited === mine) awaited = null;
  });
  return mine.state;
}

/** @param {State} state @returns {{state: State}} */
function tell(state) {
  heard(state);
  return { state };
}

/**
 * Sends one request to the companion, after its proof.
 * @param {string} method
 * @param {string} path below /api/v1/
 * @param {object} [body]
 * @returns {Promise<Answer>} with status and body where state is "ready"
 */
export async function ask(method, path, body) {
  if (await paused()) return tell("paused");
  const here = await connection();
  const { port, token, key } = here;
  if (!token || !key) return tell("unpaired");
  const signal = AbortSignal.timeout(PATIENCE);
  const state = await proof(here);
  if (state !== "ready") return tell(state);
  // The pause may have begun meanwhile: then nothing more goes out.
  if (await paused()) return tell("paused");
  try {
    const response = await send(port, path, { method, token, body, signal });
    if (response.headers.get("X-Sayso-Api") !== API) return tell("foreign-port");
    if (response.status === 401) {
      await forgetToken(token);
      return tell("unpaired");
    }
    const text = await response.text();
    const reply = text ? JSON.parse(text) : null;
    heard("ready");
    return { state: "ready", status: response.status, body: reply };
  } catch (fault) {
    return tell(fault instanceof SyntaxError ? "foreign-port" : meaning(fault));
  }
}

/** How things stand, by asking. @returns {Promise<State>} */
export async function look() {
  if (await paused()) return tell("paused").state;
  const here = await connection();
  if (!here.token || !here.key) return tell("unpaired").state;
  return tell(await proof(here)).state;
}

/**
 * Reads a pairing code as people type it: any case, spaces for dashes, with or without its port.
 * @param {string} typed
 * @returns {{code: string, port: number | null} | null}
 */
export function readCode(typed) {
  const tidy = typed
    .trim()
    .toUpperCase()
    .replace(/[\s\-\u2010-\u2015\u2212]+/g, "-");
  const found = /^(?:(\d{1,5})-)?([A-Z0-9]{4})-?([A-Z0-9]{4})$/.exec(tidy);
  if (!found) return null;
  const port = found[1] ? Number(found[1]) : null;
  return port !== null && (port < 1 || port > 65_535) ? null : { code: `${found[2]}-${found[3]}`, port };
}

/** How the companion lists this browser, as in "Chromium 156, Linux": in any language. */
function clientName() {
  const data = /** @type {any} */ (navigator).userAgentData;
  const brands = /** @type {{brand: string, version: string}[]} */ (data?.brands ?? []).filter(
    (b) => !/not.?a.?brand/i.test(b.brand),
  );
  const brand = brands.find((b) => b.brand !== "Chromium") ?? brands[0] ?? { brand: "Chromium", version: "" };
  const name = `${brand.brand} ${brand.version}`.trim();
  return data?.platform ? `${name}, ${data.platform}` : name;
}

/**
 * Connects this browser. What went wrong comes back as a code; the words for it are the caller's.
 * @param {string} typed
 * @returns {Promise<{ok: true} | {error: string, port: number}>}
 */
export async function pair(typed) {
  const before = await connection();
  const read = readCode(typed);
  const port = read?.port ?? before.port;
  if (!read) return { error: "not_a_code", port };
  const signal = AbortSignal.timeout(PATIENCE);
  const state = await knock(port, null, signal);
  if (state !== "ready") return { error: state, port };
  try {
    const response = await send(port, "pairings", {
      method: "POST",
      body: { code: read.code, client: clientName() },
      signal,
    });
    const body = await unprovedJson(response);
    if (response.status !== 201) return { error: String(body?.error?.code ?? "refused"), port };
    if (typeof body?.token !== "string" || !body.token || !bytes(body.key)) return { error: "foreign-port", port };
    await setConnection({ port, token: body.token, key: body.key });
    heard("ready");
    void letGo(before, port, body.key);
    return { ok: true };
  } catch (fault) {
    return { error: meaning(fault), port };
  }
}

/**
 * Paired anew with the same companion: the token from before opens nothing any more.
 * @param {Connection} before @param {number} port @param {string} key
 */
async function letGo(before, port, key) {
  // Only the companion that knows the same key made that token, so it may see it again.
  if (!before.token || before.port !== port || before.key !== key) return;
  const signal = AbortSignal.timeout(PATIENCE);
  await send(port, "pairings", { method: "DELETE", token: before.token, signal }).catch(() => {});
}

/** Forgets the pairing here and tells nobody. The port stays, and so does what waits in the outbox. */
export async function forget() {
  const { port } = await connection();
  await setConnection({ port, token: null, key: null });
}

/**
 * Ends the pairing, at the companion too where it can be reached, and forgets the secrets. The port stays, and so
 * does what waits in the outbox.
 */
export async function unpair() {
  await ask("DELETE", "pairings");
  await forget();
  heard("unpaired");
}
