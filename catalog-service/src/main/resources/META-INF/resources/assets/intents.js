/**
 * Presses that are not answered yet. Each is kept on this device and sent under one idempotency key until it is answered:
 * neither a second press nor a lost answer nor a reload makes two orders of it, or none.
 */
import { Refusal, request } from './api.js';
import { now } from './format.js';
import { forget, recallAll, remember } from './store.js';

/** A press that found no answer for so long is no longer meant, though the page be open or the lid closed. */
const LIFE = 10 * 60_000;
const LONGEST_PAUSE = 15_000;

const isMeant = intent => now() - intent.at < LIFE;

export class Intents {
  #waiting = new Map();

  /**
   * @param name what the names of this viewer's begin with on this device
   * @param changed called when there is something to show
   * @param placed called with the order, and with its receipt as long as it is in line
   * @param refused called with why there is no order, and with whether an earlier try may have made one all the same
   * @param stopped called when one is given up, which may have made an order all the same
   */
  constructor(name, { changed, placed, refused, stopped }) {
    Object.assign(this, { name: `intent.${name}`, changed, placed, refused, stopped });
  }

  /** Takes up those of before. */
  resume() {
    for (const intent of recallAll(this.name)) {
      if (isMeant(intent)) {
        this.#send({ ...intent, retrying: true });
      } else {
        this.#drop(intent.key);
      }
    }
  }

  list() {
    return [...this.#waiting.values()];
  }

  isSending(offerId) {
    return this.list().some(intent => intent.offerId === offerId);
  }

  /** Does nothing while another one for this offer waits. */
  press(offerId, quantity, shipTo) {
    if (!this.isSending(offerId)) {
      const intent = { key: newKey(), offerId, quantity, shipTo, at: now() };
      remember(this.name + intent.key, intent);
      this.#send(intent);
    }
  }

  stop(key) {
    this.#drop(key);
    this.stopped();
  }

  /** Lets them be; they are taken up again by whoever comes back as this viewer. */
  end() {
    this.#waiting.clear();
  }

  async #send(intent) {
    const { key, offerId, quantity, shipTo } = intent;
    this.#waiting.set(key, intent);
    this.changed();
    for (let failures = 0; this.#waiting.has(key); failures++) {
      // Most are decided within the second, and need not be followed to be told.
      const headers = { 'Idempotency-Key': key, Prefer: 'wait=1' };
      await request('POST', '/orders', { body: { offerId, quantity, shipTo }, headers }).then(
        answer => this.#answered(key, answer),
        failure => this.#failed(intent, failure, failures),
      );
    }
  }

  #answered(key, { body: order, headers }) {
    const receipt = new URL(headers.get('Location') ?? '', location.href).searchParams.get('receipt') ?? undefined;
    this.placed(order, receipt);
    this.#drop(key);
  }

  async #failed(intent, failure, failures) {
    if (failure instanceof Refusal && !failure.passes) {
      this.#drop(intent.key);
      this.refused(failure, !!intent.retrying);
      return;
    }
    intent.retrying = true;
    this.changed();
    await pause(failure.retryAfter ?? Math.min(1000 * 2 ** failures, LONGEST_PAUSE));
    if (this.#waiting.has(intent.key) && !isMeant(intent)) {
      this.stop(intent.key);
    }
  }

  #drop(key) {
    forget(this.name + key);
    this.#waiting.delete(key);
    this.changed();
  }
}

/** A little longer than asked, for a crowd not to come back at once; shorter when the network is there again. */
function pause(milliseconds) {
  return new Promise(resolve => {
    const end = () => {
      window.removeEventListener('online', end);
      resolve();
    };
    setTimeout(end, milliseconds * (1 + Math.random() / 4));
    window.addEventListener('online', end);
  });
}

/** Not crypto.randomUUID(), which pages without TLS lack. */
function newKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, '0')).join('');
}
