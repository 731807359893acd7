/**
 * Items that are posts on LinkedIn and were opened there to be reposted: what is written on one of them next is a share of
 * that item. Kept in memory alone, for as long as one writes on what one has opened.
 */

const KEY = "opened";
const LONGEST = 2 * 3_600_000;
const MOST = 20;

/** @typedef {{item: string, variant: string | null, urn: string}} Opened */

/** @returns {Promise<(Opened & {at: number})[]>} newest first */
async function kept() {
  const found = /** @type {{[key: string]: any}} */ (await chrome.storage.session.get(KEY));
  return (found[KEY] ?? []).filter((/** @type {any} */ each) => Date.now() - each.at < LONGEST);
}

/** @param {Opened} opened */
export async function keep({ item, variant, urn }) {
  const others = (await kept()).filter((each) => each.item !== item);
  await chrome.storage.session.set({ [KEY]: [{ item, variant, urn, at: Date.now() }, ...others].slice(0, MOST) });
}

/** @returns {Promise<Opened[]>} newest first */
export async function opened() {
  return (await kept()).map(({ item, variant, urn }) => ({ item, variant, urn }));
}
