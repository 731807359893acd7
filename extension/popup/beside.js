/** The setting of those who want nothing in LinkedIn's page: Sayso in the browser's side panel. */

import { button, el, send, t } from "./dom.js";

/** @returns {Promise<HTMLElement>} */
export async function besideSetting() {
  const { on } = await send("beside");
  const box = el("input", { type: "checkbox", change: choose, ...(on && { checked: true }) });
  const open = button(t("popup_beside_open"), openPanel);
  open.hidden = !on;

  async function choose() {
    await send("beside", { on: box.checked });
    open.hidden = !box.checked;
  }

  return el("div.beside", {}, el("label", {}, box, el("span", {}, t("popup_beside"))), open);
}

/** Only a press may open it, and only here is one at hand. */
async function openPanel() {
  const { id } = await chrome.windows.getCurrent();
  await chrome.sidePanel.open({ windowId: /** @type {number} */ (id) });
  window.close();
}
