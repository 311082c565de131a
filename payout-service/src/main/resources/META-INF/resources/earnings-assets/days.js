/** Days and months of the platform's calendar: 2026-11-21 and 2026-11, which know no hour and no place. */
import { locale, now } from '/assets/format.js';

const DAY = 86_400_000;
const format = options => new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' });
const short = format({ month: 'numeric', day: 'numeric' });
const long = format({ dateStyle: 'medium' });
const months = format({ year: 'numeric', month: 'long' });

export const shortDay = day => short.format(new Date(day));
export const longDay = day => long.format(new Date(day));
export const monthName = month => months.format(new Date(`${month}-01`));

/** All days from the first to the last. */
export function daysFrom(first, last) {
  const count = Math.round((new Date(last) - new Date(first)) / DAY) + 1;
  return Array.from({ length: count }, (_, index) => iso(Date.parse(first) + index * DAY));
}

/** So many days up to this one. */
export const daysBefore = (last, count) => iso(Date.parse(last) - (count - 1) * DAY);

/** This month and those before it, newest first. */
export function lastMonths(count) {
  const [year, month] = today().split('-').map(Number);
  return Array.from({ length: count }, (_, ago) => iso(Date.UTC(year, month - 1 - ago, 1)).slice(0, 7));
}

/** By whose time days begin, wherever the page is looked at. */
export const { zone } = document.body.dataset;

const calendar = new Intl.DateTimeFormat('en', {
  timeZone: zone,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

export function today() {
  const { year, month, day } = Object.fromEntries(calendar.formatToParts(now()).map(({ type, value }) => [type, value]));
  return `${year}-${month}-${day}`;
}

const iso = milliseconds => new Date(milliseconds).toISOString().slice(0, 10);
