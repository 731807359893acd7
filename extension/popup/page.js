/** The page in front of the person, read on their click and only then. */

/** @typedef {{url: string, title: string, summary: string, image: string | null, lang: string | null}} Page */

/**
 * Runs in the page. It reads what the page says of itself in its head, and nothing else.
 * @returns {Record<string, string>}
 */
function read() {
  const meta = (/** @type {string} */ name) =>
    document.querySelector(`meta[property="${name}"], meta[name="${name}"]`)?.getAttribute("content") ?? "";
  return {
    title: meta("og:title") || document.title,
    canonical: /** @type {HTMLLinkElement | null} */ (document.querySelector("link[rel~=canonical]"))?.href || meta("og:url"),
    summary: meta("og:description") || meta("description"),
    image: meta("og:image"),
    lang: document.documentElement.lang,
  };
}

/** @param {unknown} text @param {number} most */
const tidy = (text, most) => (typeof text === "string" ? text.replace(/\s+/g, " ").trim().slice(0, most) : "");

/** An http(s) address, without a place in the page. @param {unknown} address @param {string} base */
function address(address, base) {
  if (typeof address !== "string" || !address || !URL.canParse(address, base)) return null;
  const url = new URL(address, base);
  url.hash = "";
  return /^https?:$/.test(url.protocol) && !url.username && url.href.length <= 2000 ? url.href : null;
}

/** @param {string} url */
const site = (url) => new URL(url).hostname.replace(/^www\./, "");

/**
 * The page of the active tab; null where it is none that could be shared. What a page says of itself is its own
 * claim: a canonical address counts only where it is of the same site.
 * @returns {Promise<Page | null>}
 */
export async function activePage() {
  const [tab] = await chrome.tabs.query({ active: true, currentWindow: true });
  const here = address(tab?.url, "about:blank");
  if (!tab?.id || !here) return null;
  const results = await chrome.scripting.executeScript({ target: { tabId: tab.id }, func: read }).catch(() => []);
  const said = /** @type {Record<string, unknown>} */ (results[0]?.result ?? {});
  const canonical = address(said.canonical, here);
  const lang = /^[a-z]{2}(?=-|$)/i.exec(tidy(said.lang, 20))?.[0].toLowerCase() ?? null;
  return {
    url: canonical && site(canonical) === site(here) ? canonical : here,
    title: tidy(said.title, 300) || tidy(tab.title, 300) || site(here),
    summary: tidy(said.summary, 2000),
    image: address(said.image, here),
    lang,
  };
}
