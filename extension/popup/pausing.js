/** Pausing Sayso, from the settings, and what the popup shows while it is paused. */

import { bubble, button, counted, el, say, send, t } from "./dom.js";

/**
 * @param {() => void} changed  shows the popup anew
 * @param {number} pending  shares that wait here
 * @returns {HTMLElement}
 */
export function pauseSetting(changed, pending) {
  const element = el("div.pausing", { "role": "group", "aria-labelledby": "pausing" });

  async function pause(/** @type {string} */ how) {
    await send("pause", { how });
    changed();
  }

  function choices() {
    const good = button(t("popup_pause_good"), ask, ".bare");
    element.replaceChildren(
      el("p", { id: "pausing" }, t("popup_pause")),
      el(
        "div.acts",
        {},
        button(t("popup_pause_today"), () => pause("today")),
        button(t("popup_pause_open"), () => pause("open")),
        good,
      ),
    );
    return good;
  }

  function ask() {
    const stay = button(t("popup_pause_good_no"), () => choices().focus());
    element.replaceChildren(
      el("p", { id: "pausing" }, t("popup_pause_good_sure"), pending ? ` ${counted("popup_pause_good_lost", pending)}` : ""),
      el("div.acts", {}, button(t("popup_pause_good_yes"), () => remove(pause, changed)), stay),
    );
    stay.focus();
  }

  choices();
  return element;
}

/**
 * Chromium asks once more. Whoever says no there has Sayso paused, and can wake it.
 * @param {(how: string) => Promise<void>} pause @param {() => void} changed
 */
async function remove(pause, changed) {
  await pause("good");
  await chrome.management.uninstallSelf({ showConfirmDialog: true }).catch(changed);
}

/**
 * @param {{kind: "today" | "open" | "good"}} pause
 * @param {() => void} changed
 * @returns {HTMLElement[]}
 */
export function pausedView(pause, changed) {
  const wake = async () => {
    await send("resume");
    changed();
    say(t("popup_resumed"));
  };
  const acts = [button(t("popup_resume"), wake, ".primary")];
  if (pause.kind === "good") acts.push(button(t("popup_pause_good_yes"), () => remove(async () => {}, changed), ".bare"));
  return [
    el(
      "div.center",
      {},
      bubble("unchecked"),
      el("h1", { tabindex: -1 }, t("panel_paused")),
      el("p", {}, t(`popup_paused_${pause.kind}`), " ", t("popup_paused_text")),
      el("div.acts", {}, ...acts),
    ),
  ];
}
