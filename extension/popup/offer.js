/** An offer to connect, that the companion's own page has made: nothing is sent before the person says yes here. */

import { bubble, el, rich, send, t } from "./dom.js";

/**
 * @param {{id: string, port: number, connected: number | null}} offer  connected: the port we are connected to already
 * @param {() => void} connected
 * @param {() => void} refused
 * @returns {HTMLElement}
 */
export function offerView(offer, connected, refused) {
  const fault = el("p.fault", { role: "alert" });
  const anew = offer.connected !== null;
  const yes = el("button.s-btn.primary", { click: take }, t(anew ? "popup_offer_anew" : "popup_connect"));
  const no = el("button.s-btn", { click: drop }, t("popup_offer_no"));
  let over = false;

  async function take() {
    if (over) return refused();
    over = true;
    const reply = await send("take-offer", { id: offer.id });
    if (reply.ok) return connected();
    fault.replaceChildren(rich(reply.error?.message ?? t("state_fault")));
    yes.remove();
    no.focus();
  }

  async function drop() {
    if (!over) await send("drop-offer", { id: offer.id });
    refused();
  }

  return el(
    "div.center.offer",
    {},
    bubble("brand"),
    el("h1", { id: "offer", tabindex: -1 }, t("popup_offer_title", offer.port)),
    el("p", {}, t("popup_offer_text")),
    anew && el("p", {}, t("popup_offer_again", Number(offer.connected))),
    el("div.acts", { "role": "group", "aria-labelledby": "offer" }, yes, no),
    fault,
  );
}
