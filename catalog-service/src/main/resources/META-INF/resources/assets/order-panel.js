/** The viewer's orders on the stream page: what became of each, and what can be done about it. */
import { countdown, money, now, number, time } from './format.js';
import { isText, t } from './messages.js';
import { Fragment, h } from './view.js';

const SHOWN = 3;
const TONES = { RESERVED: 'warn', PAID: 'good', SHIPPED: 'good', DELIVERED: 'good', COMPLETED: 'good', REJECTED: 'bad', EXPIRED: 'bad' };

export function OrderPanel({ page, act }) {
  const { orders, session } = page;
  const intents = orders?.intents() ?? [];
  const placed = orders?.list() ?? [];
  if (!intents.length && !placed.length) {
    return null;
  }
  const offerOf = ({ offerId }) => session?.offers?.find(offer => offer.offerId === offerId) ?? {};
  const card = order => h(OrderCard, { key: order.orderId, order, offer: offerOf(order), page, act });
  const earlier = placed.slice(SHOWN);
  return h(
    'section',
    { class: 'orders card stack', 'aria-labelledby': 'orders-title' },
    h('h2', { id: 'orders-title', tabIndex: -1 }, t('orders')),
    h(
      'ul',
      { class: 'stack' },
      intents.map(intent => h(IntentCard, { key: intent.key, intent, offer: offerOf(intent), act })),
      placed.slice(0, SHOWN).map(card),
    ),
    earlier.length > 0 &&
      h('details', null, h('summary', null, t('orders.earlier', { count: number(earlier.length) })), h('ul', { class: 'stack' }, earlier.map(card))),
  );
}

function IntentCard({ intent, offer, act }) {
  return h(
    'li',
    { class: 'order', 'data-intent': intent.key, 'data-status': 'SENDING' },
    h(Head, { item: intent, offer, status: t('order.sending') }),
    h('p', { class: 'small' }, t(intent.retrying ? 'order.retrying' : 'order.sending.more')),
    intent.retrying && h('p', null, h('button', { type: 'button', onClick: () => act.giveUp(intent.key) }, t('order.giveUp'))),
  );
}

function OrderCard({ order, offer, page, act }) {
  const detail = describe(order, offer);
  return h(
    'li',
    { class: 'order', 'data-order': order.orderId, 'data-status': order.status },
    h(Head, { item: order, offer, status: t(`order.${order.status}`), tone: TONES[order.status] }),
    order.status === 'RECEIVED' && h('p', { class: 'figure place' }, inLine(order)),
    order.status === 'RESERVED' && h('p', { class: 'figure place', role: 'timer' }, payBy(order)),
    detail && h('p', { class: 'small' }, detail),
    order.status === 'RESERVED' && timeLeft(order) > 0 && h(Payment, { order, page, act }),
  );
}

function Head({ item, offer, status, tone = '' }) {
  return h(
    'div',
    { class: 'row spread' },
    h('h3', { tabIndex: -1 }, t('order.of', { title: offer.title ?? t('order.one'), quantity: number(item.quantity) })),
    h('span', { class: `badge ${tone}` }, status),
  );
}

export function inLine({ queue }) {
  const ahead = queue?.ahead ?? 0;
  return ahead === 0 ? t('order.ahead.none') : t(ahead === 1 ? 'order.ahead.one' : 'order.ahead', { count: number(ahead) });
}

const timeLeft = ({ payBy }) => Date.parse(payBy) - now();

export function payBy(order) {
  const left = timeLeft(order);
  return left > 0 ? t('order.payWithin', { time: countdown(left) }) : t('order.payOver');
}

function Payment({ order, page, act }) {
  if (page.cancelling === order.orderId) {
    return h(
      Fragment,
      null,
      h('p', { class: 'small', id: 'sure', tabIndex: -1 }, t('order.cancel.sure')),
      h(
        'p',
        { class: 'row' },
        h('button', { type: 'button', class: 'danger', onClick: () => act.cancel(order) }, t('order.cancel.yes')),
        h('button', { type: 'button', onClick: () => act.keep(order) }, t('order.cancel.no')),
      ),
    );
  }
  return h(
    'p',
    { class: 'row' },
    h('button', { type: 'button', class: 'primary pay', onClick: () => act.pay(order) }, t('order.pay', { total: money(order.total) })),
    h('button', { type: 'button', class: 'quiet', onClick: () => act.askToCancel(order) }, t('order.cancel')),
  );
}

/** What there is to say about an order beyond its status, in one sentence or a few. */
export function describe(order, offer) {
  return [statusText(order, offer), ...moneyTexts(order)].filter(Boolean).join(' ');
}

function statusText(order, offer) {
  const wasPaid = order.timeline.some(({ type }) => type === 'order.paid');
  switch (order.status) {
    case 'REJECTED':
      return rejectedText(order, offer);
    case 'SHIPPED':
      return t('order.SHIPPED.more', order.shipment);
    case 'DELIVERED':
      return t('order.DELIVERED.more', { time: time(order.completeAt) });
    case 'CANCELLED':
      return wasPaid ? '' : t('order.CANCELLED.more');
    case 'PAID':
    case 'COMPLETED':
      return t(offer.kind === 'GIFT' ? 'order.gift.more' : `order.${order.status}.more`);
    default:
      return isText(`order.${order.status}.more`) ? t(`order.${order.status}.more`) : '';
  }
}

/** Who asked for several may have found some left, and is not told that there were none. */
function rejectedText({ reason, quantity }, { perBuyerLimit }) {
  const told = reason === 'SOLD_OUT' && quantity > 1 ? 'TOO_FEW_LEFT' : reason;
  return t(`order.REJECTED.${told}`, {
    limit: perBuyerLimit ? number(perBuyerLimit) : '…',
    quantity: number(quantity),
  });
}

/** Money on its way back: refunds, and a payment that came after its time. */
function moneyTexts({ timeline }) {
  const texts = { 'order.refunded': 'order.refunded', 'order.payment-returned': 'order.paymentReturned' };
  return timeline.filter(({ type }) => type in texts).map(({ type, amount }) => t(texts[type], { amount: money(amount) }));
}
