/** Days and times as people say them. */

import { locale, t } from "./dom.js";

const clock = new Intl.DateTimeFormat(locale, { hour: "numeric", minute: "2-digit" });
const thisYear = new Intl.DateTimeFormat(locale, { weekday: "long", day: "numeric", month: "long" });
const otherYear = new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", year: "numeric" });
const short = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short" });
const shortOtherYear = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", year: "numeric" });
const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });

const sameYear = (/** @type {Date} */ date) => date.getFullYear() === new Date().getFullYear();

/** Whole days from today, by the calendar here: 0 today, -1 yesterday. @param {Date} date */
function daysAgo(date) {
  const midnight = (/** @type {Date} */ d) => Date.UTC(d.getFullYear(), d.getMonth(), d.getDate());
  return (midnight(date) - midnight(new Date())) / 86_400_000;
}

/** @param {string} words */
const capital = (words) => words.charAt(0).toLocaleUpperCase(locale) + words.slice(1);

/** The same for all moments of one day here. @param {Date} date */
export const dayKey = (date) => `${date.getFullYear()}-${date.getMonth()}-${date.getDate()}`;

/** A day within a sentence: "today", "Monday, 16 November". @param {Date} date */
export function dayWords(date) {
  const days = daysAgo(date);
  if (days === 0 || days === -1) return relative.format(days, "day");
  return (sameYear(date) ? thisYear : otherYear).format(date);
}

/** A day as a heading. @param {Date} date */
export const dayHeading = (date) => capital(dayWords(date));

/** @param {Date} date */
export const timeOfDay = (date) => clock.format(date);

/** "18 Nov". @param {Date} date */
export const shortDay = (date) => (sameYear(date) ? short : shortOtherYear).format(date);

/** "18 Nov, 13:30". @param {Date} date */
export const shortMoment = (date) => `${shortDay(date)}, ${timeOfDay(date)}`;

/** "today at 13:30". @param {Date} date */
export const dayAndTime = (date) => t("popup_when", dayWords(date), timeOfDay(date));
