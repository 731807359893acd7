/** The popup: asks the worker how things stand and shows the view for it. */

import { PREFIX } from "../background/records.js";
import { troubleView } from "./cards.js";
import { codeForm, connectView } from "./connect.js";
import { bubble, el, glyph, icon, locale, say, send, t } from "./dom.js";
import { historyView } from "./history.js";

const top_ = /** @type {HTMLElement} */ (document.getElementById("top"));
const view = /** @type {HTMLElement} */ (document.getElementById("view"));

/** The state in the corner: a shape and words. @type {Record<string, string>} */
const CORNER = {
  "ready": "popup_connected",
  "away": "popup_away",
  "slow": "popup_slow",
  "unpaired": "popup_unpaired",
  "foreign-port": "popup_foreign",
};

const corner = el("p.st", { role: "status" });
const settings = el("section.settings", { id: "settings", hidden: true });
const gear = el(
  "button.s-icon",
  {
    "type": "button",
    "aria-label": t("popup_settings"),
    "aria-expanded": "false",
    "aria-controls": "settings",
    "hidden": true,
    "click": toggle,
  },
  icon("settings"),
);

function toggle() {
  settings.hidden = !settings.hidden;
  gear.setAttribute("aria-expanded", String(!settings.hidden));
  if (!settings.hidden) showSettings();
}

function showSettings() {
  const pages = el(
    "button.s-btn.small",
    { type: "button", click: openPages },
    icon("link", true),
    t("popup_open_pages"),
  );
  const leave = el("button.s-btn.small.bare", { type: "button", click: askToLeave }, t("popup_disconnect"));
  settings.replaceChildren(el("div.acts", {}, pages, leave));
}

async function openPages() {
  const reply = await send("pages");
  if (reply.ok) window.close();
  else await refresh(reply);
}

function askToLeave() {
  const stay = el(
    "button.s-btn.small",
    { type: "button", click: () => (showSettings(), settings.querySelector("button")?.focus()) },
    t("popup_disconnect_no"),
  );
  const leave = el("button.s-btn.small", { type: "button", click: disconnect }, t("popup_disconnect_yes"));
  settings.replaceChildren(
    el("p", { id: "sure" }, t("popup_disconnect_sure")),
    el("div.acts", { "role": "group", "aria-labelledby": "sure" }, leave, stay),
  );
  stay.focus();
}

async function disconnect() {
  await send("unpair");
  toggle();
  await refresh();
}

/** @param {any} status @param {any} shares */
function show(status, shares) {
  const { state } = status;
  view.removeAttribute("aria-busy");
  corner.replaceChildren(
    state === "ready" ? el("span.ok", {}, icon("check", true)) : glyph("unchecked"),
    t(CORNER[state] ?? "popup_slow"),
  );
  gear.hidden = state === "unpaired";
  if (state === "ready") {
    view.replaceChildren(...historyView(status, shares, refresh));
  } else if (state === "unpaired") {
    view.replaceChildren(connectView(connected));
    document.getElementById("code")?.focus();
  } else {
    view.replaceChildren(...troubleView(status, refresh));
    // A companion set up anew cannot prove the old key: the way back is a fresh code.
    if (state === "foreign-port") view.append(codeForm(connected));
  }
}

async function connected() {
  await refresh();
  say(t("popup_connected"));
  const heading = /** @type {HTMLElement | null} */ (view.querySelector("h1"));
  heading?.setAttribute("tabindex", "-1");
  heading?.focus();
}

/**
 * Asks anew and shows what comes.
 * @param {any} [trouble]  a reply to something the person did that told of trouble
 */
async function refresh(trouble) {
  view.setAttribute("aria-busy", "true");
  const [status, shares] = await Promise.all([send("state"), send("shares")]);
  // Whichever of the two found trouble, it is there; a refusal is trouble too, though the companion is well.
  const state = status.state === "ready" ? shares.state : status.state;
  const error = status.error ?? shares.error;
  show({ waiting: [], aside: [], ...status, state, error, notice: trouble?.error?.message }, shares);
}

/** Whether the person is in the middle of something that a fresh view would take away. */
function busy() {
  const search = /** @type {HTMLInputElement | null} */ (view.querySelector("input[type=search]"));
  const working = view.querySelector(":is(input, button, a):focus");
  return Boolean(working || search?.value || view.querySelector(".gone"));
}

// A share that was on its way when the popup opened joins the list when it has arrived.
chrome.storage.onChanged.addListener((changes, area) => {
  const arrived = Object.keys(changes).some((key) => key.startsWith(PREFIX) && changes[key].newValue === undefined);
  if (area === "local" && arrived && !busy()) void refresh();
});

document.documentElement.lang = locale;
top_.append(bubble("brand"), el("b", {}, "Sayso"), corner, gear);
top_.after(settings);
corner.textContent = t("popup_looking");
await refresh();
