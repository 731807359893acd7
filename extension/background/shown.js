/** How a person wants Sayso to be shown: in LinkedIn's box, open or collapsed, or beside the page. Kept in this browser. */

const KEY = "shown";
const AT_FIRST = { collapsed: false, beside: false };

/** @returns {Promise<typeof AT_FIRST>} */
export async function shown() {
  const kept = /** @type {{[key: string]: any}} */ (await chrome.storage.local.get(KEY));
  return { ...AT_FIRST, ...kept[KEY] };
}

/** @param {boolean} collapsed */
export async function collapse(collapsed) {
  await chrome.storage.local.set({ [KEY]: { ...(await shown()), collapsed } });
}

/** From now on, and in every box that is open. @param {boolean} on */
export async function showBeside(on) {
  await chrome.storage.local.set({ [KEY]: { ...(await shown()), beside: on } });
  for (const { id } of await chrome.tabs.query({ url: "https://www.linkedin.com/*" })) {
    // Where nobody writes, nobody listens.
    chrome.tabs.sendMessage(/** @type {number} */ (id), { kind: "shown-beside", on }).catch(() => {});
  }
}
