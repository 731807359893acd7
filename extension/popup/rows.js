/** One share in a list: its first two lines, when, from which item, what the check said, how much was one's own. */

import { dayAndTime, dayHeading, shortDay, timeOfDay } from "./dates.js";
import { counted, el, known, latest, make, ownWordsPhrase, send, t, takeOut, verdictPhrase } from "./dom.js";

/**
 * Text with the words searched for marked.
 * @param {string} text @param {string} query
 * @returns {DocumentFragment}
 */
function marked(text, query) {
  const fragment = document.createDocumentFragment();
  const words = query
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  if (!words.length) {
    fragment.append(text);
    return fragment;
  }
  // With one group in the expression, every second part is a match.
  text
    .split(new RegExp(`(${words.join("|")})`, "iu"))
    .forEach((part, index) => fragment.append(index % 2 ? el("mark", {}, part) : part));
  return fragment;
}

/** The start of a post, for a few lines: its own line breaks would leave them half empty. @param {string} text */
export const start = (text) => text.slice(0, 400).replace(/\s+/g, " ").trim() || t("popup_no_text");

const bin = () =>
  make(
    "svg",
    { "class": "i", "viewBox": "0 0 16 16", "aria-hidden": "true" },
    make("path", { d: "M3 4.6h10M6.2 4.6V3.2h3.6v1.4M4.4 4.6l.6 8.2h6l.6-8.2M6.8 7v3.6M9.2 7v3.6" }),
  );

/** Only addresses that can be a post are made links. @param {any} address */
const isLink = (address) => typeof address === "string" && /^https:\/\/\S+$/.test(address);

/**
 * What can be said about a share in words, in order.
 * @param {any} share
 * @returns {string[]}
 */
function facts(share) {
  const unsettled = share.status === "unconfirmed" ? t("popup_unsettled") : "";
  const verdict = share.disclosure ? verdictPhrase(share.disclosure) : "";
  const words = typeof share.own_words === "number" ? ownWordsPhrase(share.own_words) : "";
  return [unsettled, verdict, words].filter(Boolean);
}

/** How it went, and the way to the share in full. @param {any} share @param {(from: HTMLElement) => void} open */
function outcome(share, open) {
  const [views, reactions] = ["impressions", "reactions"].map((name) => latest(share, name));
  const small = reactions === null ? null : counted("popup_reactions", reactions);
  const full = el(
    views === null ? "button.n.none" : "button.n",
    { click: () => open(full) },
    el("span.s-hidden", {}, `${t("popup_one_open")} `),
    el("b", {}, known(views)),
    views === null ? null : el("span.s-hidden", {}, ` ${t("popup_f_impressions")}`),
    small && el("small", {}, small),
  );
  return full;
}

/** @param {any} share @param {{query?: string, when?: "time" | "day" | "both"}} options @param {...Node} end */
function content(share, { query = "", when = "time" }, ...end) {
  const at = new Date(share.posted_at);
  const words = { time: timeOfDay, day: shortDay, both: dayAndTime }[when](at);
  const text = marked(start(share.text), query);
  return [
    isLink(share.permalink)
      ? el(
          "a.t",
          { href: share.permalink, target: "_blank", rel: "noopener noreferrer" },
          text,
          el("span.s-hidden", {}, ` ${t("popup_new_tab")}`),
        )
      : el("p.t", {}, text),
    ...end,
    el(
      "p.m2",
      {},
      el("time", { datetime: share.posted_at }, words),
      " · ",
      el("span", {}, share.item_title ? marked(share.item_title, query) : t("popup_own")),
    ),
    facts(share).length ? el("p.m2", {}, facts(share).join(" · ")) : null,
  ].filter((part) => part !== null);
}

/**
 * A share of the history, which can be deleted and brought back in its place.
 * @param {any} share
 * @param {object} options
 * @param {string} options.query
 * @param {Date | null} options.day  the heading above it
 * @param {(reply: any) => void} options.trouble
 * @param {(share: any, from: () => HTMLElement, changed: (share: any) => void) => void} options.open  shows it in full
 * @param {() => void} options.moved  it left the history or came back
 * @returns {HTMLLIElement}
 */
export function shareRow(share, { query, day, trouble, open, moved }) {
  const row = el("div.row");
  /** As the worker gave it, to be given back. @type {any} */
  let taken = null;
  const there = () => {
    const remove = el(
      "button.s-icon",
      { "aria-label": t("popup_delete"), "title": t("popup_delete"), "click": take },
      bin(),
    );
    const inFull = () => open(share, () => /** @type {HTMLElement} */ (row.querySelector(".n")), (now) => ((share = now), there()));
    row.replaceChildren(...content(share, { query, when: query ? "day" : "time" }, outcome(share, inFull), remove));
    return remove;
  };
  const take = takeOut(row, there, {
    words: t("popup_deleted"),
    back: t("popup_restored"),
    take: async () => {
      const reply = await send("delete-share", { id: share.id });
      taken = reply.share;
      moved();
      return reply;
    },
    restore: async () => {
      const reply = await send("restore-share", { share: taken });
      moved();
      return reply;
    },
    trouble,
  });
  there();
  return el("li", {}, day ? el("p.day", {}, dayHeading(day)) : null, row);
}

/** A share that waits for the companion. @param {any} share */
export function waitingRow(share) {
  const end = el("p.n", {}, t("popup_not_stored"));
  return el("li", {}, el("div.row", {}, ...content(share, { when: "both" }, end)));
}
