/** Charts as plain SVG. A line goes through what was read and nothing else; each chart says the same in words. */

import { make, number, t } from "./dom.js";

/** @typedef {{x: number, y: number, where: string}} Point  how it is known: "page", "hand" or "import" */

const BUBBLE = "M14 1.5A12.5 12.5 0 1 1 14 26.5H4.2A2.7 2.7 0 0 1 1.5 23.8V14A12.5 12.5 0 0 1 14 1.5z";

const written = (/** @type {string} */ words, /** @type {number} */ x, /** @type {number} */ y, look = "", anchor = "middle") =>
  make("text", { "x": x, "y": y, "class": look, "text-anchor": anchor }, words);

/** A full dot was read, a ring is by hand, a square came with a file. @param {string} where @param {number} x @param {number} y */
export function shape(where, x, y) {
  if (where === "hand") return make("circle", { class: "ring", cx: x, cy: y, r: 3.6 });
  if (where === "import") return make("rect", { class: "full", x: x - 3.6, y: y - 3.6, width: 7.2, height: 7.2, rx: 1 });
  return make("circle", { class: "full", cx: x, cy: y, r: 4 });
}

/** The shape alone, before words. @param {string} where */
export const key = (where) => make("svg", { "class": "how", "viewBox": "-6 -6 12 12", "aria-hidden": "true" }, shape(where, 0, 0));

/** A smooth line that never overshoots: monotone cubic pieces (Fritsch and Carlson, 1980). @param {Point[]} points */
function path(points) {
  const slopes = points.slice(1).map((b, at) => (b.y - points[at].y) / (b.x - points[at].x || 1));
  const turns = slopes.map((b, at) => {
    const a = slopes[at - 1];
    return at === 0 ? b : a * b <= 0 ? 0 : (2 * a * b) / (a + b);
  });
  turns.push(slopes[slopes.length - 1]);
  const pieces = points.slice(1).map((b, at) => {
    const a = points[at];
    const third = (b.x - a.x) / 3;
    const numbers = [a.x + third, a.y + third * turns[at], b.x - third, b.y - third * turns[at + 1], b.x, b.y];
    return `C${numbers.map((each) => each.toFixed(1)).join(" ")}`;
  });
  return `M${points[0].x.toFixed(1)} ${points[0].y.toFixed(1)}${pieces.join("")}`;
}

/** @param {(Point | null)[]} points  null: not known, a gap @param {number} base */
function line(points, base) {
  /** @type {Point[][]} */
  const runs = [[]];
  for (const point of points) {
    const run = runs[runs.length - 1];
    if (!point) runs.push([]);
    else if (run.length && run[run.length - 1].x >= point.x) run[run.length - 1] = point;
    else run.push(point);
  }
  return runs
    .filter((run) => run.length > 1)
    .flatMap((run) => [
      make("path", { class: "area", d: `${path(run)}V${base}H${run[0].x.toFixed(1)}Z` }),
      make("path", { class: "line", d: path(run) }),
    ]);
}

/** @param {number} width @param {number} height @param {Node[]} inside @param {string} [words]  none: a table says it */
const chart = (width, height, inside, words) =>
  make(
    "svg",
    { "class": "chart", "viewBox": `0 0 ${width} ${height}`, ...(words ? { "role": "img", "aria-label": words } : { "aria-hidden": "true" }) },
    ...inside,
  );

/** Round values below the highest, at most three. @param {number} most */
function steps(most) {
  let step = 1;
  for (let at = 0; step * 3 < most; at++) step = [1, 2, 5][at % 3] * 10 ** Math.floor(at / 3);
  return [1, 2, 3].map((times) => times * step).filter((value) => value <= most);
}

/**
 * The impressions of each week's posts, with a bubble where there were posts.
 * @param {any[]} weeks @param {(start: string) => string} named
 */
export function weekChart(weeks, named) {
  const [width, top, base] = [296, 22, 74];
  const most = Math.max(1, ...weeks.map((week) => week.impressions ?? 0));
  const column = (width - 16) / (weeks.length - 1);
  const points = weeks.map((week, at) =>
    week.impressions === null
      ? null
      : { x: 8 + at * column, y: base - ((base - top) * week.impressions) / most, where: week.where ?? "page" },
  );
  const peak = weeks.findIndex((week) => week.impressions === most);
  const inside = [make("path", { class: "base", d: `M0 ${base}H${width}` }), ...line(points, base)];
  for (const [at, week] of weeks.entries()) {
    const x = 8 + at * column;
    if (week.posts) {
      const one = week.posts === 1;
      inside.push(make("path", { class: "said", transform: `translate(${x - (one ? 4.6 : 9)} ${base + 5}) scale(.33)`, d: BUBBLE }));
      if (!one) inside.push(written(String(week.posts), x + 2, base + 14, "", "start"));
    }
    const point = points[at];
    if (point) inside.push(shape(point.where, point.x, point.y));
    if (point && at === peak) {
      inside.push(written(number(most), x, point.y - 10, "v", at === 0 ? "start" : at === weeks.length - 1 ? "end" : "middle"));
    }
  }
  const middle = Math.floor((weeks.length - 1) / 2);
  inside.push(
    written(named(weeks[0].start), 0, base + 34, "", "start"),
    written(named(weeks[middle].start), 8 + middle * column, base + 34),
    written(t("popup_week"), width, base + 34, "now", "end"),
  );
  return chart(width, base + 38, inside);
}

/**
 * The impressions of a share since it was posted, when there were none.
 * @param {any} share @param {(moment: Date) => string} named
 * @returns {SVGElement | null} null where none was read
 */
export function curve(share, named) {
  const [width, right, top, base] = [328, 284, 24, 96];
  const begin = Date.parse(share.posted_at);
  const known = share.readings
    .filter((/** @type {any} */ reading) => Number.isInteger(reading.impressions))
    .map((/** @type {any} */ reading) => ({ ...reading, at: Math.max(Date.parse(reading.read_at), begin) }))
    .sort((/** @type {any} */ a, /** @type {any} */ b) => a.at - b.at);
  if (!known.length) return null;
  const last = known[known.length - 1];
  const long = Math.max(last.at - begin, 60_000);
  const most = Math.max(1, ...known.map((/** @type {any} */ reading) => reading.impressions));
  const height = (/** @type {number} */ value) => base - ((base - top) * value) / most;
  /** @type {Point[]} */
  const points = known.map((/** @type {any} */ reading) => ({
    x: 8 + ((right - 16) * (reading.at - begin)) / long,
    y: height(reading.impressions),
    where: reading.where,
  }));
  const inside = steps(most).flatMap((value) => [
    make("path", { class: "grid", d: `M0 ${height(value)}H${right}` }),
    written(number(value), width, height(value) + 4, "", "end"),
  ]);
  const end = points[points.length - 1];
  inside.push(
    make("path", { class: "base", d: `M0 ${base}H${right}` }),
    ...line([{ x: 8, y: base, where: "" }, ...points], base),
    ...points.map((point) => shape(point.where, point.x, point.y)),
    written(number(last.impressions), end.x + 4, end.y - 10, "v", end.x > 40 ? "end" : "start"),
    written(named(new Date(begin)), 0, base + 18, "", "start"),
    written(named(new Date(last.at)), right, base + 18, "", "end"),
  );
  const words = known.map((/** @type {any} */ reading) => `${named(new Date(reading.at))}: ${number(reading.impressions)}`);
  return chart(width, base + 22, inside, t("popup_curve", words.join(", ")));
}
