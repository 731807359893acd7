/** News for LinkedIn's pages: only that something has changed, never what was written or answered. */

const LINKEDIN = "https://www.linkedin.com/*";

/**
 * Tells every open page. One without us, or one that was left behind by an update, does not listen.
 * @param {{kind: "paused", on: boolean} | {kind: "connected"}} news
 */
export async function toPages(news) {
  const tabs = await chrome.tabs.query({ url: LINKEDIN });
  for (const { id } of tabs) {
    // Not waited for: a page that is frozen answers never.
    if (id !== undefined) chrome.tabs.sendMessage(id, news).catch(() => {});
  }
}
