/** The person's shares, newest first: by day, or as found by a search. */

import { asideCard, figuresCard, settleCard } from "./cards.js";
import { dayKey } from "./dates.js";
import { counted, el, icon, make, number, send, t, verdictPhrase } from "./dom.js";
import { shareRow } from "./rows.js";
import { shareView } from "./share.js";
import { weekCard } from "./week.js";

/** @typedef {(make: Laid, from: () => HTMLElement) => void} Over  lays a view over this one */
/** @typedef {(leave: () => void, trouble: (reply: any) => void) => {element: HTMLElement, open: () => void}} Laid */

/** How long typing must pause before a search, in ms. */
const PAUSE = 150;

/** What the list can be narrowed to, by what the companion calls it; the person's words for it are `narrowed`'s. */
const NARROWED = [
  ["status", "unconfirmed"],
  ...["missing", "inadequate", "buried", "ambiguous", "present", "not_required"].map((verdict) => ["disclosure", verdict]),
  ["about", "company"],
  ["about", "other"],
];

/** @param {string} name @param {string} value */
function narrowed(name, value) {
  if (name === "disclosure") return verdictPhrase(value);
  return name === "status" ? t("popup_unsettled") : t(value === "company" ? "popup_filter_company" : "popup_filter_other");
}

/** Cards left for later stay away until the popup is opened again. */
let later = false;

/** A line that has yet to be drawn, for the first visit. */
const promise = () =>
  make(
    "svg",
    { "class": "promise", "viewBox": "0 0 312 116", "aria-hidden": "true" },
    make("path", { class: "base", d: "M6 92H306" }),
    make("path", {
      class: "line",
      d: "M18 82C39 79 59 78 80 74C100 70 120 38 140 38C160 38 180 52 200 52C220 52 240 26 260 22C271 20 283 19 294 18",
    }),
    make("path", { class: "dot", d: "M18.7 84.8A6.9 6.9 0 1 1 18.7 98.6H13.3A1.5 1.5 0 0 1 11.8 97.1V91.7A6.9 6.9 0 0 1 18.7 84.8z" }),
  );

function emptyView() {
  return el(
    "div.center",
    {},
    promise(),
    el("h1.s-hidden", { tabindex: -1 }, t("popup_shares_title")),
    el("h2", {}, t("popup_empty_title")),
    el("p", {}, t("popup_empty_text")),
    el("p.foot", {}, icon("lock"), el("span", {}, t("popup_empty_foot"))),
  );
}

/**
 * @param {any} status  the worker's answer to "state"
 * @param {any} first  its answer to "shares"
 * @param {any} week  what the companion says of it; without it the list stands alone
 * @param {(reply?: any) => void} refresh  shows everything anew, or the trouble that a reply tells of
 * @param {Over} over
 * @returns {HTMLElement[]}
 */
export function historyView(status, first, week, refresh, over) {
  const cards = [
    ...status.aside.map((/** @type {any} */ share) => asideCard(share, refresh)),
    ...settling(status, first, refresh),
  ];
  // One question at a time, and only once there is a post whose figures could be read. It stands below the first
  // share, which is what people came to see.
  const below = [];
  if (week?.ask && !cards.length && first.shares.some((/** @type {any} */ share) => share.urns.length)) {
    (first.total > 1 ? cards : below).push(figuresCard(() => document.querySelector("h1"), refresh));
  }
  // What has been handed to the companion since is in its answer already.
  const waiting = status.waiting.filter(
    (/** @type {any} */ share) => !first.shares.some((/** @type {any} */ other) => other.id === share.id),
  );
  if (waiting.length) {
    const words = counted("popup_waits", waiting.length);
    cards.push(el("p.waits", {}, icon("clock", true), el("span", {}, words)));
  }
  if (status.notice) cards.unshift(el("p.notice", { role: "alert" }, `${t("popup_fault_title")}. ${status.notice}`));
  if (first.total === 0) return [...cards, emptyView()];
  let shown = week && weekCard(week, refresh);
  /** A share that goes, comes back or gets figures counts in the week at once. */
  const recount = async () => {
    const { week: now } = await send("week");
    if (!now || !shown?.isConnected) return;
    const fresh = weekCard(now, refresh);
    shown.replaceWith(fresh);
    shown = fresh;
  };
  return [...cards, ...(shown ? [shown] : []), ...listView(first, refresh, over, recount), ...below];
}

/**
 * The question about the newest share that is not settled.
 * @param {any} status
 * @param {any} first
 * @param {() => void} refresh
 */
function settling(status, first, refresh) {
  const open = [...status.waiting, ...first.shares].find((share) => share.status === "unconfirmed");
  if (!open || later) return [];
  const card = settleCard(
    open,
    () => refresh(),
    () => {
      later = true;
      const heading = document.querySelector("h1");
      card.remove();
      heading?.focus();
    },
  );
  return [card];
}

/** @param {any} first @param {(reply: any) => void} refresh @param {Over} over @param {() => void} recount @returns {HTMLElement[]} */
function listView(first, refresh, over, recount) {
  /** @param {any} share @param {() => HTMLElement} from @param {(share: any) => void} redraw */
  const open = (share, from, redraw) => {
    const changed = (/** @type {any} */ now) => (redraw(now), recount());
    over((leave, trouble) => shareView(share, { leave, changed, trouble }), from);
  };
  const list = el("ul", { "aria-label": t("popup_list") });
  const found = el("p.day", { role: "status" });
  const more = el("button.s-btn.wide.more", { click: () => load(true) }, t("popup_more"));
  const clear = el("button.s-icon", { "aria-label": t("popup_clear"), "click": reset }, icon("close", true));
  const box = el("input", {
    "type": "search",
    "aria-label": t("popup_search"),
    "placeholder": t("popup_search"),
    "maxlength": 300,
    "input": typed,
  });
  const pick = el(
    "select",
    { "aria-label": t("popup_filter"), "change": search, "focus": offerTopics, "pointerenter": offerTopics },
    el("option", { value: "" }, t("popup_filter_all")),
    ...NARROWED.map(([name, value]) => el("option", { value: `${name}=${value}` }, narrowed(name, value))),
  );
  /** @type {string | null} */
  let cursor = null;
  let lastDay = "";
  let query = "";
  /** Which question is the newest: answers to older ones are dropped. */
  let turn = 0;
  let timer = 0;

  let offered = false;

  /** Asked for only when one is about to choose: the popup opens without. */
  async function offerTopics() {
    if (offered) return;
    offered = true;
    const { topics } = await send("topics");
    offered = Boolean(topics);
    const options = (topics ?? []).map((/** @type {string} */ topic) => el("option", { value: `topic=${topic}` }, topic));
    if (options.length) pick.append(el("optgroup", { label: t("popup_topics") }, ...options));
  }

  function typed() {
    clearTimeout(timer);
    clear.hidden = !box.value;
    timer = setTimeout(search, PAUSE);
  }

  function reset() {
    box.value = "";
    typed();
    box.focus();
  }

  function search() {
    query = box.value.trim();
    cursor = null;
    return load(false);
  }

  async function load(/** @type {boolean} */ further) {
    const mine = ++turn;
    const [name, value] = pick.value.split(/=(.*)/s);
    const reply = await send("shares", { q: query || null, cursor: further ? cursor : null, ...(name && { [name]: value }) });
    if (mine !== turn) return;
    if (reply.state !== "ready" || reply.error) return refresh(reply);
    show(reply, further);
  }

  function show(/** @type {any} */ reply, /** @type {boolean} */ further) {
    if (!further) lastDay = "";
    const rows = reply.shares.map((/** @type {any} */ share) => {
      const day = new Date(share.posted_at);
      const heading = query || dayKey(day) === lastDay ? null : day;
      lastDay = dayKey(day);
      return shareRow(share, { query, day: heading, trouble: refresh, open, moved: recount });
    });
    const hadFocus = document.activeElement === more;
    if (further) list.append(...rows);
    else list.replaceChildren(...rows);
    cursor = reply.next;
    more.hidden = !cursor;
    if (hadFocus && !cursor) rows[0]?.querySelector("a, button")?.focus();
    found.hidden = !query && !pick.value;
    found.textContent = found.hidden ? "" : count(reply.total);
  }

  /** @param {number} total */
  function count(total) {
    if (pick.value) return total ? counted("popup_fits", total) : t("popup_fits_none");
    if (!total) return t("popup_found_none", query);
    return counted("popup_found", total, query, number(total));
  }

  clear.hidden = true;
  show(first, false);
  // The next page comes when the end of this one comes into sight; the button is there for the keyboard.
  new IntersectionObserver(([seen]) => {
    if (seen.isIntersecting && cursor) void load(true);
  }).observe(more);
  return [
    el("div.over-list", {}, el("h1.ys", { tabindex: -1 }, t("popup_shares_title")), el("label.pick", {}, pick, icon("down", true))),
    el("div.s-field", {}, icon("search"), box, clear),
    found,
    list,
    more,
  ];
}
