/** This week at a glance: what its posts brought, the weeks before, how many more fit the programme. */

import { weekChart } from "./chart.js";
import { shortDay } from "./dates.js";
import { counted, el, icon, known, number, send, t } from "./dom.js";

/** More would be no picture any more. */
const MOST_DOTS = 10;
const FIGURES = ["impressions", "reactions", "comments"];

/** A day such as 2026-11-16, here. @param {string} day */
const local = (day) => new Date(`${day}T00:00`);

/** @param {string} start */
const named = (start) => shortDay(local(start));

/** @param {number} most @param {number} posts */
function beat(most, posts) {
  const dots = Array.from({ length: Math.max(most, posts) }, (_, at) => el(at < posts ? "i.on" : "i"));
  return el("span.dots", { "aria-hidden": "true" }, ...dots);
}

/** @param {{readings: number, company: number, per_week: number | null}} week @param {{posts: number, read: number}} now */
function rhythm({ readings, company, per_week: most }, { posts, read }) {
  const words = [posts ? counted("popup_week_posts", posts) : t("popup_week_none")];
  // The figures above are of fewer posts than there were.
  if (read && read < posts) words.push(t("popup_week_read", read));
  if (readings) words.push(counted("popup_week_taken", readings));
  if (most) {
    const left = most - company;
    words.push(left > 0 ? counted("popup_week_fits", left) : t("popup_week_full"));
  }
  return el("p.rate", {}, most && Math.max(most, company) <= MOST_DOTS ? beat(most, company) : null, el("span", {}, words.join(" ")));
}

/** What the chart draws, for those who do not see it; newest first. @param {any[]} weeks */
function table(weeks) {
  const head = [t("popup_col_week"), t("popup_col_posts"), ...FIGURES.map((name) => t(`popup_f_${name}`))];
  const line = (/** @type {any} */ week) => [number(week.posts), ...FIGURES.map((name) => known(week[name]))];
  return el(
    "div.s-hidden",
    {},
    el(
      "table",
      { "aria-labelledby": "week" },
      el("thead", {}, el("tr", {}, ...head.map((words) => el("th", { scope: "col" }, words)))),
      el(
        "tbody",
        {},
        ...[...weeks]
          .reverse()
          .map((week) =>
            el("tr", {}, el("th", { scope: "row" }, named(week.start)), ...line(week).map((cell) => el("td", {}, cell))),
          ),
      ),
    ),
  );
}

/**
 * @param {any} week  the companion's answer @param {(reply: any) => void} trouble
 * @returns {HTMLElement}
 */
export function weekCard(week, trouble) {
  const now = week.weeks[week.weeks.length - 1];
  const until = local(now.start);
  until.setDate(until.getDate() + 6);
  const drawn = week.weeks.some((/** @type {any} */ each) => each.impressions !== null);
  const whole = async () => {
    const reply = await send("pages", { to: "history" });
    if (reply.ok) window.close();
    else trouble(reply);
  };
  return el(
    "section.week",
    { "aria-labelledby": "week" },
    el("h2", { id: "week" }, t("popup_week"), el("span", {}, `${named(now.start)} – ${shortDay(until)}`)),
    el("dl.figs", {}, ...FIGURES.map((name) => el("div", {}, el("dt", {}, t(`popup_f_${name}`)), el("dd", {}, known(now[name]))))),
    ...(drawn ? [weekChart(week.weeks, named), table(week.weeks)] : []),
    rhythm(week, now),
    el("button.s-btn.small.bare.whole", { click: whole }, t("popup_whole"), icon("link", true)),
  );
}
