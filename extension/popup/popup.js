/** The popup: asks the worker how things stand and shows the view for it. */

import { PREFIX } from "../background/keys.js";
import { besideSetting } from "./beside.js";
import { reportCard, troubleView } from "./cards.js";
import { checkView } from "./check.js";
import { codeForm, connectView } from "./connect.js";
import { bubble, button, counted, el, first, glyph, icon, locale, say, send, t } from "./dom.js";
import { historyView } from "./history.js";
import { offerView } from "./offer.js";
import { pausedView, pauseSetting } from "./pausing.js";
import { proposeView } from "./propose.js";
import { suitsSettings, suitsView } from "./suits.js";

const top_ = /** @type {HTMLElement} */ (document.getElementById("top"));
const view = /** @type {HTMLElement} */ (document.getElementById("view"));
const below = /** @type {HTMLElement} */ (document.getElementById("below"));

/** The state in the corner: a shape and words. @type {Record<string, string>} */
const CORNER = {
  "ready": "popup_connected",
  "away": "popup_away",
  "slow": "popup_slow",
  "unpaired": "panel_unpaired",
  "foreign-port": "popup_foreign",
  "paused": "popup_paused",
};

/** Which view is the newest. */
let turn = 0;

/** How things stand, as last heard. @type {any} */
let now = { state: "away", pending: 0 };

const corner = el("p.st", { role: "status" });
const settings = el("section.settings", { "id": "settings", "role": "main", "hidden": true });
const settingsTitle = el("h1.ys", {}, t("popup_settings"));
const gear = el(
  "button.s-icon",
  {
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

async function showSettings() {
  const pages = button(t("popup_open_pages"), openPages, "", icon("link", true));
  const leave = button(t("popup_disconnect"), askToLeave, ".bare");
  const erase = button(t("popup_erase"), askToErase, ".bare");
  const pause = pauseSetting(closeAndRefresh, now.pending ?? 0);
  // Not connected: there is nothing else to set yet.
  if (now.state === "unpaired") return settings.replaceChildren(settingsTitle, el("div.acts", {}, erase), pause);
  const acts = el("div.acts", {}, pages, leave, erase);
  settings.replaceChildren(settingsTitle, acts, pause);
  const [{ count }, beside, suits] = await Promise.all([
    send("left-out"),
    besideSetting(),
    suitsSettings(openSuits, suited),
  ]);
  if (!acts.isConnected) return;
  for (const part of suits) part.matches("button") ? acts.prepend(part) : pause.before(part);
  pause.before(beside);
  if (!count) return;
  const words = counted("popup_rules", count);
  const again = button(t("popup_rules_again"), restoreRules, ".bare");
  acts.after(el("p.rules", {}, el("span", {}, words), again));
}

async function restoreRules() {
  const reply = await send("restore-rules");
  if (!reply.ok) return closeAndRefresh(reply);
  settings.querySelector(".rules")?.remove();
  settings.querySelector("button")?.focus();
  say(t("popup_rules_restored"));
}

async function openPages() {
  const reply = await send("pages");
  if (reply.ok) window.close();
  else await closeAndRefresh(reply);
}

const askToLeave = () => askFirst("popup_disconnect_sure", "popup_disconnect_yes", disconnect, "popup_disconnect_no");
/** Whether a companion that does not know this browser leaves only what is here to be erased. */
const onlyHere = () => ["unpaired", "foreign-port"].includes(now.state);
const askToErase = () => askFirst(onlyHere() ? "popup_erase_here" : "popup_erase_sure", "popup_erase", erase, "popup_suits_cancel");

/** @param {string} sure @param {string} yes @param {() => void} go @param {string} no */
function askFirst(sure, yes, go, no) {
  const stay = button(t(no), () => (showSettings(), settings.querySelector("button")?.focus()));
  settings.replaceChildren(
    settingsTitle,
    el("p", { id: "sure" }, t(sure)),
    el("div.acts", { "role": "group", "aria-labelledby": "sure" }, button(t(yes), go), stay),
  );
  stay.focus();
}

async function erase() {
  const reply = await send("erase");
  toggle();
  await refresh(reply.ok ? undefined : reply);
  if (!reply.ok) return;
  const words = t(reply.here ? "popup_erased_here" : "popup_erased");
  view.prepend(el("p.notice", {}, words));
  say(words);
}

async function disconnect() {
  await send("unpair");
  await closeAndRefresh();
}

/** @param {any} [trouble] */
async function closeAndRefresh(trouble) {
  toggle();
  await refresh(trouble);
}

/** The corner tells it; while Sayso is paused there is nothing to set. @param {string} state @param {any} [error] */
function showState(state, error) {
  const words = error?.code === "other_version" ? "popup_version" : (CORNER[state] ?? "popup_slow");
  corner.replaceChildren(state === "ready" ? el("span.ok", {}, icon("check", true)) : glyph("unchecked"), t(words));
  gear.hidden = state === "paused";
  if (gear.hidden && !settings.hidden) toggle();
}

/** A text from elsewhere; it stays in its box until the popup closes. */
const checking = checkView(back, showState);
const toCheck = el("button.s-btn.wide", { click: () => lay(checking, toCheck) }, t("popup_check"));
const toPropose = el("button.s-btn.wide", { click: propose }, t("popup_propose"));

/** What lies over the history, and the button that laid it there. @type {{element: HTMLElement, from: HTMLElement} | null} */
let over = null;

/** One share over the list, which stays as it is below. @type {import("./history.js").Over} */
function layShare(make, from) {
  const at = view.scrollTop;
  const leave = () => {
    over?.element.remove();
    over = null;
    view.hidden = below.hidden = false;
    view.scrollTop = at;
    from().focus();
  };
  lay(make(leave, back), from());
}

/** @param {{element: HTMLElement, open: () => void}} laid @param {HTMLElement} from */
function lay(laid, from) {
  over = { element: laid.element, from };
  view.hidden = below.hidden = true;
  view.after(laid.element);
  laid.open();
}

function propose() {
  lay(proposeView(back, back), toPropose);
}

/** @param {any} [trouble] */
async function back(trouble) {
  const from = over?.from;
  over?.element.remove();
  over = null;
  view.hidden = false;
  await refresh(trouble?.state && trouble);
  if (below.hidden) return;
  if (from?.isConnected) from.focus();
  else focusHeading();
}

/** @param {HTMLElement} screens */
function openSuits(screens) {
  toggle();
  view.replaceChildren(screens);
  below.hidden = true;
  focusHeading();
}

/** The screens are done with. @param {any} [reply] */
async function suited(reply) {
  await refresh(reply?.ok ? undefined : reply);
  focusHeading();
}

/** @param {any} status @param {any} shares @param {any} [suits] @param {any} [week] */
function show(status, shares, suits, week) {
  const { state } = status;
  now = status;
  view.removeAttribute("aria-busy");
  showState(state, status.error);
  below.hidden = ["unpaired", "paused"].includes(state) || Boolean(status.offer) || over !== null;
  if (state === "paused") {
    view.replaceChildren(...pausedView(status.pause ?? { kind: "open" }, refresh));
    focusHeading();
  } else if (status.offer) {
    view.replaceChildren(offerView(status.offer, connected, refresh));
    focusHeading();
  } else if (state === "ready") {
    const screens = firstUse(status, shares, suits);
    view.replaceChildren(...(screens ? [screens] : historyView(status, shares, week, refresh, layShare)));
    below.hidden ||= Boolean(screens);
  } else if (state === "unpaired") {
    view.replaceChildren(connectView(connected));
    document.getElementById("code")?.focus();
  } else {
    view.replaceChildren(...troubleView(status, refresh));
    // A companion set up anew cannot prove the old key: the way back is a fresh code.
    if (state === "foreign-port") view.append(codeForm(connected));
  }
}

/**
 * The screens of the first use: before the first share, until they are answered or skipped.
 * @param {any} status @param {any} shares @param {any} suits
 */
function firstUse(status, shares, suits) {
  const begun = shares.total || status.waiting.length || status.aside.length || status.notice;
  if (begun || suits?.preferences?.asked !== false) return null;
  return suitsView(suits, { first: true, done: suited });
}

async function connected() {
  await refresh();
  say(t("popup_connected"));
  focusHeading();
}

function focusHeading() {
  const heading = /** @type {HTMLElement | null} */ (view.querySelector("h1"));
  heading?.setAttribute("tabindex", "-1");
  heading?.focus();
}

/**
 * Asks anew and shows what comes.
 * @param {any} [trouble]  a reply to something the person did that told of trouble
 */
async function refresh(trouble) {
  // Trouble with the companion is told at once: to ask a slow one again would only take as long again.
  if (trouble?.state && trouble.state !== "ready" && !trouble.error) return show({ ...now, ...trouble }, trouble);
  view.setAttribute("aria-busy", "true");
  const mine = ++turn;
  const [status, shares, { week }] = await Promise.all(["state", "shares", "week"].map(first));
  // Only who has not begun is asked what suits them.
  const suits = shares.total === 0 ? await send("suits") : null;
  // Whichever of the two found trouble, it is there; a refusal is trouble too, though the companion is well.
  const state = status.state === "ready" ? shares.state : status.state;
  const error = status.error ?? shares.error;
  show({ waiting: [], aside: [], ...status, state, error, notice: trouble?.error?.message }, shares, suits, week);
  // The pages that are asked for it may take their time, so the view does not wait for them.
  const { report } = await send("report");
  if (report && mine === turn) view.prepend(reportCard(report));
}

/** Whether the person is in the middle of something that a fresh view would take away. */
function busy() {
  const asked = [...view.querySelectorAll("input[type=search], select")].some((each) => /** @type {any} */ (each).value);
  const working = view.querySelector(":is(input, button, a, select):focus");
  return Boolean(over || working || asked || view.querySelector(".gone"));
}

// A share that was on its way when the popup opened joins the list when it has arrived.
chrome.storage.onChanged.addListener((changes, area) => {
  const arrived = Object.keys(changes).some((key) => key.startsWith(PREFIX) && changes[key].newValue === undefined);
  if (area === "local" && arrived && !busy()) void refresh();
  // What someone has begun to type is not taken away; the offer is there when the popup is opened again.
  const typed = [...view.querySelectorAll("input")].some((input) => input.value);
  if (area === "session" && changes.offer?.newValue && !typed) void refresh();
});

document.documentElement.lang = locale;
top_.append(bubble("brand"), el("b", {}, "Sayso"), corner, gear);
top_.after(settings);
below.append(toCheck, toPropose);
corner.textContent = t("popup_looking");
await refresh();
