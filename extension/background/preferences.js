/** The person's own settings, which the companion keeps: rules they leave out, and what suits them. */

import { given, through } from "./through.js";

/** The change under way: the next waits for it, or the one would be lost in the other. @type {Promise<any>} */
let last = Promise.resolve();

const read = () => through("GET", "preferences", undefined, (body) => ({ preferences: body }));

/** @param {(now: any) => object} alter  what is to be another, by what is there now */
function change(alter) {
  last = last
    .catch(() => {})
    .then(async () => {
      /** @type {any} */
      const now = await read();
      if (!now.preferences) return now;
      return through("PUT", "preferences", { ...now.preferences, ...alter(now.preferences) }, () => ({ ok: true }));
    });
  return last;
}

/** What is required is shown all the same. @param {string} rule */
export const leaveOut = (rule) =>
  change((now) => ({ dismissed_rules: [...new Set([...now.dismissed_rules, rule])] }));

/** Shows them all again. */
export const restore = () => change(() => ({ dismissed_rules: [] }));

/** Sets what is named and leaves the rest. @param {object} fields */
export const set = (fields) => change(() => given(fields));

/** What suits the person, and what there is to choose from. */
export async function suits() {
  /** @type {any[]} */
  const [now, choices] = await Promise.all([
    read(),
    through("GET", "topics", undefined, (body) => ({ choices: body })),
  ]);
  return now.preferences && choices.choices ? { ...now, ...choices } : { ...choices, ...now, preferences: null };
}

/** How many there are. */
export async function leftOut() {
  /** @type {any} */
  const { preferences, ...answer } = await read();
  return preferences ? { ...answer, count: preferences.dismissed_rules.length } : answer;
}

/** Which share a post is; null where it is none, or where the person has not said yes to reading their figures. @param {string} urn */
export async function ownPost(urn) {
  /** @type {any} */
  const { preferences, ...answer } = await read();
  if (!preferences?.read_pages) return { ...answer, id: null };
  return through("GET", `shares?${new URLSearchParams({ urn })}`, undefined, (body) => ({ id: body.shares[0]?.id ?? null }));
}
