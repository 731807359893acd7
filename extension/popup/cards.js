/** Cards at the top of the popup: something to settle, or what keeps the history from being shown. */

import { dayAndTime } from "./dates.js";
import { bubble, button, counted, el, icon, rich, say, send, t } from "./dom.js";
import { start, waitingRow } from "./rows.js";

/** @param {string} title @param {...(Node | null)} inside */
function card(title, ...inside) {
  const id = crypto.randomUUID();
  return el(
    "section.settle",
    { "aria-labelledby": id },
    el("h2", { id }, bubble("unchecked"), el("span", {}, title)),
    ...inside,
  );
}

/** The text, cut after three lines. @param {string} text */
const quote = (text) => el("p.q", {}, start(text));

/**
 * Asks whether a share went out.
 * @param {any} share
 * @param {(reply: any) => void} done  called with the worker's reply
 * @param {() => void} [later]  where it can be left for later
 */
export function settleCard(share, done, later) {
  const settle = async (/** @type {boolean} */ live) => {
    const reply = await send("settle-share", { id: share.id, live });
    if (reply.ok) say(t(live ? "popup_settled_yes" : "popup_settled_no"));
    done(reply);
  };
  return card(
    t("popup_settle_title"),
    later ? quote(share.text) : null,
    el("p.w", {}, t("popup_settle_text", dayAndTime(new Date(share.posted_at)))),
    el(
      "div.acts",
      {},
      button(t("popup_settle_yes"), () => settle(true), ".primary"),
      button(t("popup_settle_no"), () => settle(false)),
      later && button(t("popup_settle_later"), later, ".bare"),
    ),
  );
}

/**
 * Asked once, where there are figures to be read: may they be read from LinkedIn's page?
 * @param {() => HTMLElement | null} next  where one goes on
 * @param {(reply: any) => void} trouble
 */
export function figuresCard(next, trouble) {
  const answer = async (/** @type {boolean} */ yes) => {
    const reply = await send("prefer", { read_pages: yes });
    if (!reply.ok) return trouble(reply);
    made.remove();
    say(t("popup_asked"));
    next()?.focus();
  };
  const made = card(
    t("popup_ask_title"),
    el("p.w", {}, `${t("popup_ask_text")} ${t("popup_read_pages_terms")}`),
    el("div.acts", {}, button(t("popup_ask_yes"), () => answer(true)), button(t("popup_offer_no"), () => answer(false), ".bare")),
  );
  return made;
}

/** A share that the companion refused: nothing is thrown away unasked. @param {any} share @param {() => void} done */
export function asideCard(share, done) {
  const conflict = share.reason === "conflict";
  const settle = async (/** @type {boolean} */ keep) => {
    await send("settle-aside", { id: share.id, keep });
    done();
  };
  return card(
    t("popup_aside_title"),
    quote(share.text),
    el("p.w", {}, t(conflict ? "popup_aside_conflict" : "popup_aside_refused")),
    el(
      "div.acts",
      {},
      button(t(conflict ? "popup_aside_keep_both" : "panel_try_again"), () => settle(true)),
      button(t("popup_aside_let_go"), () => settle(false), ".bare"),
    ),
  );
}

/**
 * A box on LinkedIn's page that nobody here understands: what it is made of can be copied and sent to whoever mends it.
 * @param {string} report
 */
export function reportCard(report) {
  const words = el("p.w", {}, t("popup_report_text"));
  const tell = (/** @type {string} */ sentence) => {
    words.textContent = sentence;
    say(sentence);
  };
  const copy = () =>
    navigator.clipboard.writeText(report).then(
      () => tell(t("popup_report_copied")),
      () => tell(t("popup_report_failed")),
    );
  return card(t("popup_report_title"), words, el("div.acts", {}, button(t("popup_report_copy"), copy)));
}

/** What each trouble is called and what helps. @param {string} state @param {any} status */
function trouble(state, { port, pending, error }) {
  const waits = pending ? counted("popup_will_join", pending) : "";
  if (state === "away") return [t("popup_away_title"), t("popup_away_text"), waits, t("popup_away_start")];
  if (state === "foreign-port") return [t("popup_foreign_title", port), t("popup_foreign_text"), waits];
  if (error?.code === "other_version") return [t("popup_version_title"), error.message, waits];
  if (state === "slow" && !error) return [t("popup_slow_title"), t("popup_slow_text"), waits];
  return [t("popup_fault_title"), error?.message || t("state_fault"), waits];
}

/**
 * The view while the companion cannot be asked.
 * @param {any} status  the worker's answer to "state"
 * @param {() => void} again
 * @returns {HTMLElement[]}
 */
export function troubleView(status, again) {
  const [title, ...sentences] = trouble(status.state, status);
  const words = el("p.w", {}, rich(sentences.filter(Boolean).join(" ")));
  const retry = button(t("panel_try_again"), again, "", icon("refresh", true));
  const view = [el("h1.s-hidden", {}, "Sayso"), card(title, words, el("div.acts", {}, retry))];
  if (status.waiting?.length) {
    view.push(
      el("h2.ys", {}, t("popup_proposal_queued")),
      el("ul", { "aria-label": t("popup_waiting_list") }, ...status.waiting.map(waitingRow)),
    );
  }
  return view;
}
