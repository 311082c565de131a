/**
 * One viewer's orders in one session. A press becomes an intent, kept on this device and sent under one idempotency key
 * until it is answered: neither a second press nor a lost answer nor a reload makes two orders of it, or none. What was
 * ordered is followed until it is final.
 */
import { Refusal, get, post, request } from './api.js';
import { follow } from './events.js';
import { now } from './format.js';
import { forget, recallAll, remember } from './store.js';

/** Of the six connections that a browser keeps to a server, the stream and other tabs need some. */
const STREAMS = 2;
/** Orders beyond these are looked at. */
const LOOK_EVERY = 10_000;
/** A press that found no answer for so long is no longer meant. */
const INTENT_LIFE = 10 * 60_000;
/** Afterwards the list of orders tells. */
const RECEIPT_LIFE = 24 * 60 * 60_000;
const LONGEST_PAUSE = 15_000;

const FINAL = new Set(['REJECTED', 'EXPIRED', 'CANCELLED', 'COMPLETED', 'REFUNDED']);
const URGENT = new Set(['RECEIVED', 'RESERVED']);
const HOLDING = new Set(['RECEIVED', 'RESERVED', 'PAID', 'SHIPPED', 'DELIVERED', 'COMPLETED']);

export class Orders {
  intents = new Map();
  #known = new Map();
  #receipts = new Map();
  #streams = new Map();

  /**
   * @param isHere whether an offer is of this session
   * @param changed called when there is something to show
   * @param news called with an order whose status is new
   * @param failed called with what refused a press
   * @param connection called with (order's id, 'open', 'lost' or 'gone')
   */
  constructor(viewer, sessionId, { isHere, changed, news, failed, connection }) {
    Object.assign(this, { isHere, changed, news, failed, connection });
    this.kept = `${viewer.subject}.${sessionId}.`;
  }

  /** Takes up what this device remembers, and what was ordered elsewhere. */
  resume() {
    for (const intent of recallAll(`intent.${this.kept}`)) {
      if (now() - intent.at < INTENT_LIFE) {
        this.#place(intent);
      } else {
        forget(`intent.${this.kept}${intent.key}`);
      }
    }
    for (const { orderId, receipt, at } of recallAll(`order.${this.kept}`)) {
      if (now() - at < RECEIPT_LIFE) {
        this.#receipts.set(orderId, receipt);
        this.#look(orderId);
      } else {
        forget(`order.${this.kept}${orderId}`);
      }
    }
    this.catchUp();
    setInterval(() => this.#unfollowed().length && !document.hidden && this.catchUp(), LOOK_EVERY);
  }

  /** Newest first. */
  list() {
    return [...this.#known.values()].sort((one, other) => placedAt(other) - placedAt(one));
  }

  /** Units of this offer that the viewer has or may still get. */
  held(offerId) {
    return this.list()
      .filter(order => order.offerId === offerId && HOLDING.has(order.status))
      .reduce((sum, order) => sum + order.quantity, 0);
  }

  isSending(offerId) {
    return [...this.intents.values()].some(intent => intent.offerId === offerId);
  }

  /** @returns the press' key, by which it can be found until it is answered; undefined while another one is */
  buy(offerId, quantity, shipTo) {
    if (this.isSending(offerId)) {
      return undefined;
    }
    const intent = { key: newKey(), offerId, quantity, shipTo, at: now() };
    remember(`intent.${this.kept}${intent.key}`, intent);
    this.#place(intent);
    return intent.key;
  }

  /** The order may exist all the same; then the list of orders tells. */
  giveUp(key) {
    this.#drop(key);
    setTimeout(() => this.catchUp(), 1000);
  }

  async #place(intent) {
    const { key, offerId, quantity, shipTo } = intent;
    this.intents.set(key, intent);
    this.changed();
    for (let failures = 0; this.intents.has(key); failures++) {
      try {
        // Most are decided within the second, and need not be followed to be told.
        const headers = { 'Idempotency-Key': key, Prefer: 'wait=1' };
        this.#placed(key, await request('POST', '/orders', { body: { offerId, quantity, shipTo }, headers }));
      } catch (failure) {
        if (failure instanceof Refusal && !failure.passes) {
          this.#drop(key);
          this.failed(failure);
          return;
        }
        intent.retrying = true;
        this.changed();
        await pause(failure.retryAfter ?? Math.min(1000 * 2 ** failures, LONGEST_PAUSE));
      }
    }
  }

  #placed(key, { body: order, headers }) {
    const receipt = new URL(headers.get('Location') ?? '', location.href).searchParams.get('receipt') ?? undefined;
    remember(`order.${this.kept}${order.orderId}`, { orderId: order.orderId, receipt, at: now() });
    this.#receipts.set(order.orderId, receipt);
    this.#drop(key);
    this.#show(order, true);
  }

  #drop(key) {
    forget(`intent.${this.kept}${key}`);
    this.intents.delete(key);
    this.changed();
  }

  /** Leaves for the provider's page, which sends the viewer back here. */
  async pay(orderId) {
    await this.#press(orderId, async () => {
      const returnUrl = location.origin + location.pathname;
      const { redirectUrl } = await post(`/orders/${orderId}/payment`, { returnUrl });
      location.assign(new URL(redirectUrl));
    });
  }

  async cancel(orderId) {
    await this.#press(orderId, () => post(`/orders/${orderId}/cancellation`));
  }

  async #press(orderId, action) {
    try {
      await action();
    } catch (failure) {
      this.failed(failure);
      this.#look(orderId);
    }
  }

  /** What was decided here or elsewhere. */
  async catchUp() {
    try {
      const { items } = await get('/orders');
      items.filter(order => this.isHere(order.offerId)).forEach(order => this.#show(order));
    } catch {
      // The streams tell what matters now; this is asked again.
    }
  }

  async #look(orderId) {
    try {
      this.#show(await get(this.#path(orderId, '')));
    } catch (failure) {
      if (failure.status === 404) {
        forget(`order.${this.kept}${orderId}`);
      }
    }
  }

  #path(orderId, rest) {
    const receipt = this.#receipts.get(orderId);
    return `/orders/${orderId}${rest}${receipt ? `?receipt=${encodeURIComponent(receipt)}` : ''}`;
  }

  /** @param fresh whether the viewer pressed for it just now */
  #show(order, fresh = false) {
    const before = this.#known.get(order.orderId);
    if (before && before.timeline.length > order.timeline.length) {
      return;
    }
    this.#known.set(order.orderId, order);
    if (before ? before.status !== order.status : fresh) {
      this.news(order);
    }
    this.#tend();
    this.changed();
  }

  #unfollowed() {
    return this.list().filter(order => !FINAL.has(order.status) && !this.#streams.has(order.orderId));
  }

  /** Follows what may change soonest. */
  #tend() {
    const wanted = this.list()
      .filter(order => !FINAL.has(order.status))
      .sort((one, other) => URGENT.has(other.status) - URGENT.has(one.status))
      .slice(0, STREAMS)
      .map(order => order.orderId);
    for (const [orderId, end] of this.#streams) {
      if (!wanted.includes(orderId)) {
        this.#streams.delete(orderId);
        this.connection(orderId, 'gone');
        end();
      }
    }
    for (const orderId of wanted.filter(id => !this.#streams.has(id))) {
      const end = follow(this.#path(orderId, '/updates'), {
        on: (name, order) => this.#show(order),
        state: state => this.connection(orderId, state),
        refused: () => this.#look(orderId),
      });
      this.#streams.set(orderId, end);
    }
  }

  /** Lets everything go, as when nobody is signed in any more. */
  end() {
    this.#streams.forEach(end => end());
    this.#streams.clear();
    this.#known.clear();
    this.intents.clear();
  }
}

const placedAt = order => Date.parse(order.timeline[0].at);

/** A little longer than asked, for a crowd not to come back at once; shorter when the network is there again. */
function pause(milliseconds) {
  return new Promise(resolve => {
    setTimeout(resolve, milliseconds * (1 + Math.random() / 4));
    window.addEventListener('online', resolve, { once: true });
  });
}

/** Not crypto.randomUUID(), which pages without TLS lack. */
function newKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, '0')).join('');
}
