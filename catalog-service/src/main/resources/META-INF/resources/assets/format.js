/** Numbers, money and times as the page's language writes them, in the variant that the browser asks for. */
import { language } from './messages.js';

export const locale = navigator.languages.find(wanted => wanted.split('-')[0] === language) ?? language;

/** In minor units, as the API takes it. */
const HIGHEST_PRICE = 1e12;

const numbers = new Intl.NumberFormat(locale);
const percents = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 });
const clock = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
const currencies = new Map();

/**
 * How many digits the minor unit has where it is not two (ISO 4217, list one). Browsers go by what is usual instead: to them
 * an Iraqi dinar has no parts, and 1.990 of them would be 1,990.
 */
const DIGITS = {
  0: 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF',
  3: 'BHD IQD JOD KWD LYD OMR TND',
  4: 'CLF UYW',
};

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

/** @param basisPoints 2000 is 20 % */
export const percent = basisPoints => percents.format(basisPoints / 10_000);

/** @param amount whole minor units: {amount: 1990, currency: 'CNY'} is 19.90 yuan */
export const money = ({ amount, currency }) => formatOf(currency).format(amount / 10 ** digitsOf(currency));

/**
 * The whole minor units that were typed, exactly: '19.9' is 1990 in CNY. Undefined for what is no price in that currency.
 */
export function minorUnits(typed, currency) {
  const digits = digitsOf(currency);
  const [, whole, fraction = ''] =
    /^(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?$/.exec(typed.normalize('NFKC').trim()) ?? [];
  if (!whole || fraction.length > digits) {
    return undefined;
  }
  const amount = Number(whole.replaceAll(',', '') + fraction.padEnd(digits, '0'));
  return amount >= 1 && amount <= HIGHEST_PRICE ? amount : undefined;
}

/** As it is typed: 1990 CNY is 19.90. */
export function typed({ amount, currency }) {
  const digits = digitsOf(currency);
  const text = String(amount).padStart(digits + 1, '0');
  return digits ? `${text.slice(0, -digits)}.${text.slice(-digits)}` : text;
}

function formatOf(currency) {
  if (!currencies.has(currency)) {
    const digits = digitsOf(currency);
    const exactly = { minimumFractionDigits: digits, maximumFractionDigits: digits };
    currencies.set(currency, new Intl.NumberFormat(locale, { style: 'currency', currency, ...exactly }));
  }
  return currencies.get(currency);
}

const digitsOf = currency => Number(Object.keys(DIGITS).find(digits => DIGITS[digits].includes(currency)) ?? 2);

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
