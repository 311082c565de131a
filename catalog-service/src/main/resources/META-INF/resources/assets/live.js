/** The stream page: one state, shown whenever it has changed. */
import { AddressDialog, addressOf, rememberAddress } from './address.js';
import { get } from './api.js';
import { follow } from './events.js';
import { explain, t } from './messages.js';
import { Gifts, Pinned, Products } from './offers.js';
import { OrderPanel, describe, inLine, payBy } from './order-panel.js';
import { Orders } from './orders.js';
import { applied, placed } from './sale.js';
import { Address, Alert, Stage } from './stage.js';
import { hasRole, viewer, viewerAnew } from './viewer.js';
import { Fragment, h, render } from './view.js';

/** A press meant for what was shown until just now must not buy what is shown instead. */
const SETTLING = 700;
/** Whoever presses twice at once means one. */
const DOUBLE_PRESS = 1000;
/** Until then nobody knows who looks at the page. */
const ASK_AGAIN = 5000;

const root = document.getElementById('stream');
const { sessionId, title, creator } = root.dataset;

const page = {
  session: undefined,
  viewer: undefined,
  orders: undefined,
  counties: {},
  quantities: {},
  lost: new Set(),
  pressed: new Set(),
};

function change(news = {}) {
  Object.assign(page, news);
  change.due ??= Promise.resolve().then(() => {
    change.due = undefined;
    show();
  });
}

/** Focus that was on something that is gone goes to the heading above it. */
function show() {
  const section = document.activeElement?.closest('section');
  render(h(Page), root);
  if (page.focus) {
    document.getElementById(page.focus)?.focus();
    page.focus = undefined;
  } else if (section?.isConnected && document.activeElement === document.body) {
    section.querySelector('[tabindex="-1"]')?.focus({ preventScroll: true });
  }
}

const act = {
  choose: (offer, quantity) => change({ quantities: { ...page.quantities, [offer.offerId]: quantity } }),

  buy(offer, quantity) {
    if (page.pressed.has(offer.offerId)) {
      return;
    }
    const shipTo = offer.kind === 'PRODUCT' ? addressOf(page.viewer) : undefined;
    if (offer.kind === 'PRODUCT' && !shipTo) {
      change({ asking: { offer, quantity } });
      return;
    }
    page.pressed.add(offer.offerId);
    setTimeout(() => page.pressed.delete(offer.offerId) && change(), DOUBLE_PRESS);
    page.orders.buy(offer.offerId, quantity, shipTo);
    change({ alert: undefined, focus: 'orders-title', quantities: { ...page.quantities, [offer.offerId]: 1 } });
  },

  close: () => change({ alert: undefined }),
  changeAddress: () => change({ asking: {} }),

  save(address) {
    const { offer, quantity } = page.asking;
    rememberAddress(page.viewer, address);
    change({ asking: undefined });
    if (offer) {
      act.buy(offer, quantity);
    }
  },

  giveUp(key) {
    page.orders.giveUp(key);
    change({ alert: t('order.gaveUp') });
  },

  pay: order => page.orders.pay(order.orderId),
  askToCancel: order => change({ cancelling: order.orderId, focus: 'sure' }),
  keep: () => change({ cancelling: undefined, focus: 'orders-title' }),

  cancel(order) {
    page.orders.cancel(order.orderId);
    change({ cancelling: undefined, focus: 'orders-title' });
  },
};

function Page() {
  const { session, alert, asking, lost, viewer } = page;
  const { pinned, products, gifts } = placed(session ?? {});
  const address = viewer && session?.status !== 'ENDED' ? addressOf(viewer) : undefined;
  return h(
    Fragment,
    null,
    h(
      'div',
      { class: 'stream' },
      h(Stage, { page, title, creator }),
      h(
        'div',
        { class: 'side stack' },
        (pinned || (session?.status === 'LIVE' && products.length > 0)) && h(Pinned, { offer: pinned, page, act }),
        address && h(Address, { address, act }),
        h(OrderPanel, { page, act }),
      ),
      h(
        'div',
        { class: 'rest stack' },
        gifts.length > 0 && h(Gifts, { offers: gifts, page, act }),
        products.length > 0 && h(Products, { offers: products, page, act, title: t(pinned ? 'offers.more' : 'offers') }),
        session && !pinned && !products.length && h('p', { class: 'empty' }, t('offers.none')),
      ),
    ),
    lost.size > 0 && h('p', { class: 'toast lost notice' }, t('connection.lost')),
    h('p', { class: 'visually-hidden', role: 'status' }, page.news),
    h('div', { role: 'alert' }, alert && h(Alert, { text: alert, act })),
    asking &&
      h(AddressDialog, {
        address,
        confirm: t(asking.offer ? 'address.saveAndBuy' : 'save'),
        onSave: act.save,
        onClose: () => change({ asking: undefined }),
      }),
  );
}

function connection(name, state) {
  state === 'lost' ? page.lost.add(name) : page.lost.delete(name);
  change();
}

function followSession() {
  follow(`/sessions/${sessionId}/updates`, {
    anonymous: true,
    on: (name, data) => update(applied(page.session, name, data)),
    state: (state, failure) => {
      connection('session', state);
      change({ missing: failure?.status === 404 });
    },
    refused: lookOnce,
  });
}

/** There is no place among the followers just now: better the state of this moment than none. */
async function lookOnce() {
  connection('session', 'lost');
  const session = await get(`/sessions/${sessionId}`, { anonymous: true }).catch(() => undefined);
  if (session) {
    update(session);
  }
}

function update(session) {
  const before = page.session;
  const repinned = before && session.pinnedOfferId && before.pinnedOfferId !== session.pinnedOfferId;
  if (repinned) {
    clearTimeout(update.settled);
    update.settled = setTimeout(() => change({ settling: undefined }), SETTLING);
  }
  change({ session, ...(repinned && { settling: session.pinnedOfferId }) });
  session.offers?.map(({ county }) => county).forEach(learn);
  if (!before) {
    page.orders?.catchUp();
  }
}

/** A county's name, asked for once. */
async function learn(code) {
  if (code && !(code in page.counties)) {
    page.counties[code] = undefined;
    const county = await get(`/counties/${code}`, { anonymous: true, cache: 'default' }).catch(() => undefined);
    change({ counties: { ...page.counties, [code]: county } });
  }
}

async function welcome() {
  let someone;
  try {
    someone = await viewer();
  } catch {
    setTimeout(welcome, ASK_AGAIN);
    return;
  }
  change({ viewer: someone });
  if (hasRole(someone, 'buyer')) {
    page.orders = new Orders(someone, sessionId, {
      isHere: offerId => page.session?.offers?.some(offer => offer.offerId === offerId) ?? false,
      changed: change,
      news: order => change({ news: told(order) }),
      failed,
      connection,
    });
    page.orders.resume();
  }
}

function told(order) {
  const offer = page.session?.offers?.find(({ offerId }) => offerId === order.offerId) ?? {};
  const detail = { RECEIVED: inLine, RESERVED: payBy }[order.status]?.(order) ?? describe(order, offer);
  return t('order.news', { title: offer.title ?? t('order.one'), status: t(`order.${order.status}`), detail });
}

function failed(failure) {
  change({ alert: explain(failure) });
  if (failure.status === 401) {
    page.orders.end();
    change({ viewer: null, orders: undefined });
  }
}

/** Somebody else may have signed in while this page was out of sight; it is not theirs. */
async function returned() {
  if (document.hidden || page.viewer === undefined) {
    return;
  }
  const someone = await viewerAnew().catch(() => page.viewer);
  if (someone?.subject !== page.viewer?.subject) {
    location.reload();
  }
  page.orders?.catchUp();
}

document.addEventListener('visibilitychange', returned);
setInterval(() => document.hidden || change(), 1000);
root.replaceChildren();
show();
followSession();
welcome();
