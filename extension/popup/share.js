/** One share in full: how it went, its readings, what it was worth, and whether its item fits again. */

import { settleCard } from "./cards.js";
import { curve, key } from "./chart.js";
import { dayAndTime, dayWords, shortDay, shortMoment } from "./dates.js";
import { button, el, icon, known, latest, locale, number, ownWordsPhrase, say, send, t, takeOut, verdictPhrase } from "./dom.js";

const FIGURES = ["impressions", "reactions", "comments", "reposts", "clicks"];
/** Where LinkedIn opens its box for a post. */
const COMPOSE = "https://www.linkedin.com/feed/?shareActive=true";
/** A text that is longer is cut at first, in characters. */
const LONG = 180;

/** @param {any} value  as the companion gives it: a band of amounts */
function band({ low, high, currency }) {
  const whole = Number(low) >= 20 ? { maximumFractionDigits: 0 } : {};
  const format = new Intl.NumberFormat(locale, { style: "currency", currency, currencyDisplay: "narrowSymbol", ...whole });
  return t("popup_worth_band", format.format(low), format.format(high));
}

/**
 * @param {any} share
 * @param {{leave: () => void, changed: (share: any) => void, trouble: (reply: any) => void}} options
 * @returns {{element: HTMLElement, open: () => void}}
 */
export function shareView(share, { leave, changed, trouble }) {
  const back = button(t("popup_shares_title"), leave, ".bare.back", icon("down"));
  const title = el("h1.ys", { tabindex: -1 }, t("popup_one"));
  const picture = el("div.picture");
  const list = el("ul.readings");
  const add = el("button.s-btn.small.bare", { "aria-expanded": "false", "click": toggle }, t("popup_add_reading"));
  const fault = el("p.fault", { role: "alert" });
  const fields = FIGURES.map((name) => {
    const box = el("input", { id: `f-${name}`, maxlength: 40, autocomplete: "off" });
    return el("label", { for: box.id }, t(`popup_f_${name}`), box);
  });
  const form = el(
    "form.adding",
    { submit: save, hidden: true },
    el("p.w", {}, t("popup_reading_how")),
    el("div.boxes", {}, ...fields),
    el("button.s-btn.small", { type: "submit" }, t("popup_reading_save")),
    fault,
  );
  const facts = el("dl.facts");
  const element = el(
    "main.body.one",
    {},
    el("div.acts", {}, back),
    title,
    share.status === "unconfirmed" && settleCard(share, trouble),
    words(),
    meta(),
    picture,
    el("div.readings-head", {}, el("h2", {}, t("popup_readings")), add),
    form,
    list,
    facts,
    el("button.s-btn.small", { click: onPages }, t("popup_all"), icon("link", true)),
  );
  /** What the companion says beside the share itself. @type {any} */
  let more = null;

  function words() {
    const text = el("p.quote", { lang: share.lang ?? null }, share.text || t("popup_no_text"));
    if (share.text.length <= LONG) return text;
    const on = button(t("popup_read_on"), () => (text.classList.add("whole"), on.remove()), ".bare");
    return el("div.long", {}, text, on);
  }

  function meta() {
    const post = /^https:\/\/\S+$/.test(share.permalink ?? "")
      ? el("a", { href: share.permalink, target: "_blank", rel: "noopener noreferrer" }, t("popup_open_post"), icon("link", true))
      : null;
    const when = el("time", { datetime: share.posted_at }, dayAndTime(new Date(share.posted_at)));
    return el("p.meta", {}, when, ` · ${share.item_title || t("popup_own")}`, post && " · ", post);
  }

  function drawFigures() {
    const drawn = curve(share, shortDay);
    const figure = (/** @type {string} */ name) => el("div", {}, el("dt", {}, t(`popup_f_${name}`)), el("dd", {}, known(latest(share, name))));
    // Reposts are the one that most posts lack: without a reading they take no room.
    const shown = FIGURES.filter((name) => name !== "reposts" || latest(share, name) !== null);
    picture.replaceChildren(drawn ?? el("p.w", {}, t("popup_no_reading")), el("dl.four", {}, ...shown.map(figure)));
    facts.replaceChildren(...told().map(([name, ...said]) => el("div", {}, el("dt", {}, name), el("dd", {}, ...said))));
  }

  function draw() {
    drawFigures();
    const newest = [...share.readings].reverse().sort((a, b) => Date.parse(b.read_at) - Date.parse(a.read_at));
    list.replaceChildren(...newest.map(row));
  }

  /** A reading, which can be taken out. @param {any} reading */
  function row(reading) {
    const line = el("li");
    const rest = FIGURES.slice(1).filter((name) => Number.isInteger(reading[name]));
    const words = t("popup_reading_remove");
    const ask = async (undo = false) => {
      const reply = await send("take-reading", { id: share.id, reading, undo });
      if (reply.share) renewed(reply.share);
      return reply;
    };
    const there = () => {
      const remove = el("button.s-icon", { "aria-label": words, "title": words, "click": take }, icon("close", true));
      line.replaceChildren(
        key(reading.where),
        el("time", { datetime: reading.read_at }, shortMoment(new Date(reading.read_at))),
        el("span.w", {}, t(`popup_where_${reading.where}`)),
        el("b", {}, known(reading.impressions), el("span.s-hidden", {}, ` ${t("popup_f_impressions")}`)),
        remove,
        ...(rest.length ? [el("p", {}, rest.map((name) => `${t(`popup_f_${name}`)}\u00a0${number(reading[name])}`).join(" · "))] : []),
      );
      return remove;
    };
    const take = takeOut(line, there, {
      words: t("popup_reading_removed"),
      back: t("popup_reading_added"),
      take: ask,
      restore: () => ask(true),
      trouble,
    });
    there();
    return line;
  }

  /** Takes over what the companion answers; what only the list's answer tells is kept. @param {any} next */
  function renewed(next) {
    share = { ...share, ...next };
    changed(share);
    drawFigures();
    void worth();
  }

  /** What stands below, name first. @returns {any[][]} */
  function told() {
    const verdict = share.disclosure ? verdictPhrase(share.disclosure) : t("panel_not_checked");
    const own = typeof share.own_words === "number" ? [ownWordsPhrase(share.own_words)] : [];
    const rows = [[t("popup_checked"), [verdict, ...own].join(" · ")]];
    if (!more) return rows;
    rows.unshift([t("popup_worth"), more.value ? band(more.value) : known(null)]);
    const fits = share.again_at && new Date(share.again_at);
    if (fits && fits.getTime() > Date.now()) rows.push([t("popup_again_title"), t("popup_again_from", dayWords(fits))]);
    else if (fits && more.link) {
      rows.push([t("popup_again_title"), button(t("popup_again"), again)]);
    }
    return rows;
  }

  /** The link is copied and LinkedIn's box opened: the person writes and posts. */
  async function again() {
    await navigator.clipboard.writeText(more.link);
    say(t("popup_again_copied"));
    await chrome.tabs.create({ url: COMPOSE });
  }

  async function onPages() {
    const reply = await send("pages", { share: share.id });
    if (reply.ok) window.close();
    else trouble(reply);
  }

  function toggle() {
    form.hidden = !form.hidden;
    add.setAttribute("aria-expanded", String(!form.hidden));
    if (!form.hidden) form.querySelector("input").focus();
  }

  /** @param {SubmitEvent} event */
  async function save(event) {
    event.preventDefault();
    const typed = FIGURES.map((name, at) => [name, fields[at].querySelector("input").value.trim()]);
    const texts = Object.fromEntries(typed.filter(([, text]) => text));
    if (!Object.keys(texts).length) return void (fault.textContent = t("popup_reading_none"));
    const reply = await send("add-reading", { id: share.id, texts });
    if (!reply.share && reply.error?.code !== "invalid") return trouble(reply);
    // What is no number stays in its box, to be mended.
    const wrong = reply.share ? reply.left_out : Object.keys(texts);
    FIGURES.forEach((name, at) => {
      const box = fields[at].querySelector("input");
      if (!wrong.includes(name)) box.value = "";
      box.toggleAttribute("aria-invalid", wrong.includes(name));
    });
    fault.textContent = wrong.length ? t("popup_reading_wrong", wrong.map((/** @type {string} */ name) => t(`popup_f_${name}`)).join(", ")) : "";
    if (!reply.share) return;
    renewed(reply.share);
    draw();
    say(t("popup_reading_added"));
    if (wrong.length) return;
    toggle();
    add.focus();
  }

  async function worth() {
    const reply = await send("more", { id: share.id });
    more = reply.more ?? more;
    if (element.isConnected) drawFigures();
  }

  draw();
  return {
    element,
    open() {
      title.focus();
      void worth();
    },
  };
}
