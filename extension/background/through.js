/** Questions to the companion, answered in the way of the worker's own answers. */

import { ask } from "./companion.js";

/** Only what the API knows. @param {Record<string, any>} fields */
export const given = (fields) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== null));

/**
 * A request whose good answer is handed on. Anything else that the companion says is an error, so that a draft
 * which was not checked cannot look as if it had been.
 * @param {string} method @param {string} path @param {object | undefined} body
 * @param {(reply: any) => object} good
 */
export async function through(method, path, body, good) {
  const answer = await ask(method, path, body);
  if (answer.state !== "ready") return { state: answer.state };
  if (answer.status === 200 || answer.status === 201) return { state: "ready", ...good(answer.body) };
  const { code = "refused", message = "" } = answer.body?.error ?? {};
  return { state: "slow", error: { code: String(code), message: String(message) } };
}
