/**
 * The button in the toolbar tells when Sayso cannot do its work: a hollow mark, a quiet sign, and words on hover.
 * It never counts anything.
 */

const GREY = "#626C67";
const STATES = {
  "ready": { text: "", title: "app_name" },
  "away": { text: "–", title: "badge_away" },
  "slow": { text: "–", title: "badge_slow" },
  "paused": { text: "", title: "badge_paused" },
  "newer": { text: "–", title: "badge_other_version" },
  "older": { text: "–", title: "badge_other_version" },
  "unpaired": { text: "?", title: "badge_unpaired" },
  "foreign-port": { text: "?", title: "badge_foreign_port" },
};

/** The state shown now. @type {string | null} */
let shown = null;
/** Frames that show a composer we do not understand, by tab. @type {Map<number, Set<number>>} */
const lost = new Map();

/** @param {string} name @returns {Record<number, string>} */
const icon = (name) => ({ 16: `/icons/${name}-16.png`, 32: `/icons/${name}-32.png` });

/** @param {keyof typeof STATES} state */
export async function show(state) {
  if (state === shown) return;
  shown = state;
  const { text, title } = STATES[state];
  await Promise.all([
    chrome.action.setBadgeBackgroundColor({ color: GREY }),
    chrome.action.setBadgeTextColor({ color: "#FFFFFF" }),
    chrome.action.setBadgeText({ text }),
    chrome.action.setTitle({ title: chrome.i18n.getMessage(title) }),
    chrome.action.setIcon({ path: icon(state === "ready" ? "sayso" : "away") }),
  ]);
}

/**
 * A composer is on screen in a tab and is not understood, or no longer.
 * @param {number} tabId @param {number} frameId @param {boolean} on
 */
export async function notRecognised(tabId, frameId, on) {
  const frames = lost.get(tabId) ?? new Set();
  if (on) frames.add(frameId);
  else frames.delete(frameId);
  if (frames.size) lost.set(tabId, frames);
  else lost.delete(tabId);
  const title = frames.size ? chrome.i18n.getMessage("badge_not_recognised") : await chrome.action.getTitle({});
  await Promise.all([
    // Null gives the tab back to what is shown everywhere.
    chrome.action.setBadgeText({ tabId, text: frames.size ? "?" : /** @type {any} */ (null) }),
    chrome.action.setTitle({ tabId, title }),
  ]);
}
