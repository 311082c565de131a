/** A session's figures, asked for again and again while somebody looks at them; without a view. */
import { get } from './api.js';
import { now } from './format.js';

const EACH = 1000;
/** Nothing is sold then, but late payments and refunds still change something. */
const AT_REST = 10_000;
const LONGEST = 30_000;
/** How far back the orders per second go. */
export const WINDOW = 120_000;

export class Figures {
  /** {at, rate}: orders per second in the time up to then, oldest first. */
  samples = [];
  /** Each offer's figures by its id. */
  offers = new Map();
  failures = 0;

  /**
   * @param isLive tells whether orders come in just now
   * @param changed called when there is something new to show
   */
  constructor(sessionId, isLive, changed) {
    Object.assign(this, { sessionId, isLive, changed });
    this.look = () => document.hidden || this.ask();
    document.addEventListener('visibilitychange', this.look);
    this.ask();
  }

  end() {
    this.ended = true;
    clearTimeout(this.timer);
    document.removeEventListener('visibilitychange', this.look);
  }

  /** Asks now, and from then on at its pace as long as the page is looked at. */
  async ask() {
    if (this.asking || this.ended) {
      return;
    }
    this.asking = true;
    clearTimeout(this.timer);
    let pause = 0;
    try {
      this.take(await get(`/sessions/${this.sessionId}/figures`));
      this.failures = 0;
    } catch (failure) {
      this.failures++;
      pause = failure.retryAfter ?? 0;
    }
    this.asking = false;
    if (this.ended) {
      return;
    }
    this.changed();
    if (!document.hidden) {
      const pace = (this.isLive() ? EACH : AT_REST) * 2 ** this.failures;
      this.timer = setTimeout(() => this.ask(), Math.max(pause, Math.min(pace, LONGEST)));
    }
  }

  take({ offers }) {
    const at = now();
    const orders = total(offers, 'orders') ?? 0;
    if (this.last && this.isLive()) {
      const rate = Math.max(0, ((orders - this.last.orders) * 1000) / Math.max(1, at - this.last.at));
      this.samples = [...this.samples.filter(sample => sample.at > at - WINDOW), { at, rate }];
    }
    this.last = { at, orders };
    this.offers = new Map(offers.map(offer => [offer.offerId, offer]));
  }

  get rate() {
    return this.samples.at(-1)?.rate ?? 0;
  }
}

/** The sum over those that have it; undefined when none has. */
export function total(offers, name) {
  const known = offers.filter(offer => offer[name] !== undefined);
  return known.length ? known.reduce((sum, offer) => sum + offer[name], 0) : undefined;
}

/** The sums of each currency. */
export function totalMoney(offers, name) {
  const sums = new Map();
  for (const { [name]: money } of offers) {
    if (money) {
      sums.set(money.currency, (sums.get(money.currency) ?? 0) + money.amount);
    }
  }
  return [...sums].map(([currency, amount]) => ({ currency, amount }));
}
