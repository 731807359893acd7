/** Which rules the person always leaves out. The companion keeps them; what is required it shows all the same. */

import { through } from "./through.js";

/** The change under way: the next waits for it, or the one would be lost in the other. @type {Promise<any>} */
let last = Promise.resolve();

const read = () => through("GET", "preferences", undefined, (body) => ({ preferences: body }));

/** @param {(rules: string[]) => string[]} alter */
function change(alter) {
  last = last
    .catch(() => {})
    .then(async () => {
      /** @type {any} */
      const now = await read();
      if (!now.preferences) return now;
      const dismissed_rules = alter(now.preferences.dismissed_rules);
      return through("PUT", "preferences", { ...now.preferences, dismissed_rules }, () => ({ ok: true }));
    });
  return last;
}

/** @param {string} rule */
export const leaveOut = (rule) => change((rules) => [...new Set([...rules, rule])]);

/** Shows them all again. */
export const restore = () => change(() => []);

/** How many there are. */
export async function leftOut() {
  /** @type {any} */
  const { preferences, ...answer } = await read();
  return preferences ? { ...answer, count: preferences.dismissed_rules.length } : answer;
}
