/** Questions to the companion, answered in the way of the worker's own answers. */

import { ask } from "./companion.js";

/** Only what the API knows. @param {Record<string, any>} fields */
export const given = (fields) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== null));

/**
 * A state as page and popup know it. A companion of another version is not away, and nobody else's program either.
 * @param {import("./companion.js").State} state
 * @returns {{state: string, error?: {code: string, message: string}}}
 */
export function told(state) {
  if (state !== "newer" && state !== "older") return { state };
  const message = chrome.i18n.getMessage(state === "newer" ? "state_newer_companion" : "state_older_companion");
  return { state: "slow", error: { code: "other_version", message } };
}

/**
 * A request whose good answer is handed on. Anything else that the companion says is an error, so that a draft
 * which was not checked cannot look as if it had been.
 * @param {string} method @param {string} path @param {object | undefined} body
 * @param {(reply: any) => object} good
 */
export async function through(method, path, body, good) {
  const answer = await ask(method, path, body);
  if (answer.state !== "ready") return told(answer.state);
  if (answer.status === 200 || answer.status === 201) return { state: "ready", ...good(answer.body) };
  const { code = "refused", message = "" } = answer.body?.error ?? {};
  return { state: "slow", error: { code: String(code), message: String(message) } };
}
