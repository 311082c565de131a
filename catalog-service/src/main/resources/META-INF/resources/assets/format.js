/** Numbers, money and times as the page's language writes them, in the variant that the browser asks for. */
import { language } from './messages.js';

export const locale = navigator.languages.find(wanted => wanted.split('-')[0] === language) ?? language;

const numbers = new Intl.NumberFormat(locale);
const clock = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
const currencies = new Map();

/** How far this device's clock is behind the server's, in milliseconds; a second or two of it is the way of the page. */
const clockBehind = (() => {
  const rendered = Date.parse(document.body.dataset.now);
  const [page] = performance.getEntriesByType('navigation');
  const behind = rendered - (performance.timeOrigin + (page?.responseStart ?? 0));
  return Math.abs(behind) > 3000 ? behind : 0;
})();

/** Milliseconds since 1970 by the server's clock, by which sales close and reservations expire. */
export const now = () => Date.now() + clockBehind;

export const number = value => numbers.format(value);

/** @param amount whole minor units: {amount: 1990, currency: 'CNY'} is 19.90 yuan */
export function money({ amount, currency }) {
  if (!currencies.has(currency)) {
    currencies.set(currency, new Intl.NumberFormat(locale, { style: 'currency', currency }));
  }
  const format = currencies.get(currency);
  return format.format(amount / 10 ** format.resolvedOptions().maximumFractionDigits);
}

/** The hour if it is today, else the day too. */
export function time(iso) {
  const at = new Date(iso);
  return at.toDateString() === new Date(now()).toDateString() ? clock.format(at) : day.format(at);
}

/** 4:05, or 1:04:05 from an hour on; what is past is 0:00. */
export function countdown(milliseconds) {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
  const two = value => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}
