/** One viewer's orders in one session: what was pressed for becomes an order, and orders are followed until they are final. */
import { Refusal, get, post } from './api.js';
import { follow } from './events.js';
import { now } from './format.js';
import { Intents } from './intents.js';
import { forget, recallAll, remember } from './store.js';

/** Of the six connections that a browser keeps to a server, the session's stream, other tabs and calls need the rest. */
const STREAMS = 1;
/** Orders beyond these are looked at. */
const LOOK_EVERY = 10_000;
/** Afterwards the list of orders tells. */
const RECEIPT_LIFE = 24 * 60 * 60_000;

const FINAL = new Set(['REJECTED', 'EXPIRED', 'CANCELLED', 'COMPLETED', 'REFUNDED']);
const URGENT = new Set(['RECEIVED', 'RESERVED']);
const HOLDING = new Set(['RECEIVED', 'RESERVED', 'PAID', 'SHIPPED', 'DELIVERED', 'COMPLETED']);

export class Orders {
  #intents;
  #known = new Map();
  #receipts = new Map();
  #streams = new Map();
  #behind = false;
  #ended = false;

  /**
   * @param isHere whether an offer is of this session
   * @param changed called when there is something to show
   * @param news called with an order whose status is new
   * @param failed called with what refused a press
   * @param stopped called when a press is given up without an answer
   * @param connection called with (order's id, 'open', 'lost' or 'gone')
   */
  constructor(viewer, sessionId, { isHere, changed, news, failed, stopped, connection }) {
    Object.assign(this, { isHere, changed, news, failed, connection });
    const name = `${viewer.subject}.${sessionId}.`;
    this.kept = `order.${name}`;
    this.#intents = new Intents(name, {
      changed,
      placed: (order, receipt) => this.#placed(order, receipt),
      refused: (failure, doubtful) => {
        failed(failure);
        doubtful && this.catchUp();
      },
      stopped: () => {
        stopped();
        setTimeout(() => this.catchUp(), 1000);
      },
    });
  }

  /** Takes up what this device remembers, and what was ordered elsewhere. */
  resume() {
    this.#intents.resume();
    for (const { orderId, receipt, at } of recallAll(this.kept)) {
      if (now() - at < RECEIPT_LIFE) {
        this.#receipts.set(orderId, receipt);
      } else {
        forget(this.kept + orderId);
      }
    }
    this.#lookAround();
    this.catchUp();
    this.timer = setInterval(() => document.hidden || this.#lookAround(), LOOK_EVERY);
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

  /** Presses without an answer. */
  intents() {
    return this.#intents.list();
  }

  isSending(offerId) {
    return this.#intents.isSending(offerId);
  }

  buy(offerId, quantity, shipTo) {
    this.#intents.press(offerId, quantity, shipTo);
  }

  giveUp(key) {
    this.#intents.stop(key);
  }

  #placed(order, receipt) {
    remember(this.kept + order.orderId, { orderId: order.orderId, receipt, at: now() });
    this.#receipts.set(order.orderId, receipt);
    this.#show(order, true);
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
      this.#behind = false;
      items.filter(order => this.isHere(order.offerId)).forEach(order => this.#show(order));
    } catch (failure) {
      this.#behind = !(failure instanceof Refusal) || failure.passes;
    }
  }

  /** What no stream tells, and what could not be found out before. An order in line is in no list. */
  #lookAround() {
    const unfollowed = this.list().filter(order => !FINAL.has(order.status) && !this.#streams.has(order.orderId));
    const inLine = unfollowed.filter(({ status }) => status === 'RECEIVED').map(({ orderId }) => orderId);
    const unseen = [...this.#receipts.keys()].filter(orderId => !this.#known.has(orderId));
    [...inLine, ...unseen].forEach(orderId => this.#look(orderId));
    if (this.#behind || unfollowed.length > inLine.length) {
      this.catchUp();
    }
  }

  async #look(orderId) {
    try {
      this.#show(await get(this.#path(orderId, '')));
    } catch (failure) {
      if (failure.status === 404) {
        forget(this.kept + orderId);
        this.#receipts.delete(orderId);
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
    if (this.#ended || (before && before.timeline.length > order.timeline.length)) {
      return;
    }
    this.#known.set(order.orderId, order);
    if (before ? before.status !== order.status : fresh) {
      this.news(order);
    }
    this.#tend();
    this.changed();
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
        this.#unfollow(orderId);
        end();
      }
    }
    for (const orderId of wanted.filter(id => !this.#streams.has(id))) {
      const end = follow(this.#path(orderId, '/updates'), {
        on: (name, order) => this.#show(order),
        state: state => (state === 'gone' ? this.#unfollow(orderId) : this.connection(orderId, state)),
        refused: () => this.#look(orderId),
      });
      this.#streams.set(orderId, end);
    }
  }

  /** From now on it is looked at. */
  #unfollow(orderId) {
    this.#streams.delete(orderId);
    this.connection(orderId, 'gone');
  }

  /** Lets everything go, as when nobody is signed in any more. */
  end() {
    this.#ended = true;
    clearInterval(this.timer);
    this.#intents.end();
    this.#known.clear();
    this.#tend();
  }
}

const placedAt = order => Date.parse(order.timeline[0].at);
