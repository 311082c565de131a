/** The stream page: its state, what changes it, and what a press does. */
import { addressOf, rememberAddress } from './address.js';
import { get } from './api.js';
import { board } from './board.js';
import { follow } from './events.js';
import { money } from './format.js';
import { explain, t } from './messages.js';
import { describe, inLine, payBy } from './order-panel.js';
import { Orders } from './orders.js';
import { applied, opened, placed } from './sale.js';
import { Page } from './stage.js';
import { hasRole, reloadForAnother, viewer } from './viewer.js';
import { h } from './view.js';

/** So long a press is not taken: it was meant for what stood there just now, or it is the second of a double click. */
const SETTLING = 1000;
/** Until then nobody knows who looks at the page. */
const ASK_AGAIN = 5000;

const root = document.getElementById('stream');
const { sessionId, title, creator } = root.dataset;

const page = {
  title,
  creator,
  session: undefined,
  verified: undefined,
  viewer: undefined,
  orders: undefined,
  settling: false,
  pressed: undefined,
  counties: {},
  quantities: {},
  lost: new Set(),
};

const change = board(root, () => h(Page, { page, act }), page);

const act = {
  choose: (offer, quantity) => change({ quantities: { ...page.quantities, [offer.offerId]: quantity } }),

  buy(offer, quantity) {
    if (page.settling) {
      return;
    }
    const shipTo = offer.kind === 'PRODUCT' ? addressOf(page.viewer) : undefined;
    if (offer.kind === 'PRODUCT' && !shipTo) {
      change({ asking: { offer, quantity } });
    } else {
      buy(offer, quantity, shipTo);
    }
  },

  close: () => change({ alert: undefined }),
  changeAddress: () => change({ asking: {} }),
  keepAddress: () => change({ asking: undefined }),

  save(address) {
    const { offer, quantity } = page.asking;
    rememberAddress(page.viewer, address);
    change({ asking: undefined });
    if (offer) {
      buy(offer, quantity, address);
    }
  },

  giveUp: key => page.orders.giveUp(key),

  pay(order) {
    change({ alert: undefined });
    page.orders.pay(order.orderId);
  },

  askToCancel: order => change({ cancelling: order.orderId, focus: 'sure' }),
  keep: () => change({ cancelling: undefined, focus: 'orders-title' }),

  cancel(order) {
    change({ cancelling: undefined, alert: undefined, focus: 'orders-title' });
    page.orders.cancel(order.orderId);
  },
};

function buy(offer, quantity, shipTo) {
  settle(offer.offerId);
  page.orders.buy(offer.offerId, quantity, shipTo);
  change({ alert: undefined, focus: 'orders-title', quantities: { ...page.quantities, [offer.offerId]: 1 } });
}

/** Things have moved under the viewer's finger. */
function settle(pressed) {
  clearTimeout(settle.timer);
  settle.timer = setTimeout(() => change({ settling: false, pressed: undefined }), SETTLING);
  change({ settling: true, pressed });
}

/** Changes what offers there are to see. */
function rearrange(news) {
  const before = page.session && arrangement();
  change(news);
  if (before !== undefined && before !== arrangement()) {
    settle(page.pressed);
  }
}

function arrangement() {
  const { pinned, products, gifts } = placed(page.session, page.verified);
  return [pinned, ...gifts, ...products].map(offer => offer?.offerId).join();
}

function connection(name, state) {
  state === 'lost' ? page.lost.add(name) : page.lost.delete(name);
  change();
}

function followSession() {
  follow(`/sessions/${sessionId}/updates`, {
    anonymous: true,
    on(name, data) {
      const before = page.session;
      update(applied(before, name, data));
      if (name === 'session' || opened(page.session) > opened(before)) {
        learnVerification();
      }
    },
    state(state, failure) {
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
    learnVerification();
  }
}

function update(session) {
  const before = page.session;
  rearrange({ session });
  session.offers?.map(({ county }) => county).forEach(learnCounty);
  if (before) {
    tell(before, session);
  } else {
    page.orders?.catchUp();
  }
}

/** What the creator did, for those who do not see it. */
function tell(before, { status, pinnedOfferId }) {
  const { pinned } = placed(page.session, page.verified);
  if (status !== before.status) {
    change({ news: t('session.news', { title, status: t(`session.${status}`) }) });
  } else if (pinned && pinnedOfferId !== before.pinnedOfferId) {
    change({ news: t('pinned.news', { title: pinned.title, price: money(pinned.price) }) });
  }
}

/** An operator may decide at any time; whatever was put on sale is shown without asking. */
async function learnVerification() {
  if (!page.verified && page.session.offers.some(({ openedAt }) => !openedAt)) {
    const path = `/creators/${encodeURIComponent(page.session.creatorId)}`;
    const profile = await get(path, { anonymous: true }).catch(() => undefined);
    rearrange({ verified: profile?.verification === 'VERIFIED' });
  }
}

/** A county's name, asked for once. */
async function learnCounty(code) {
  if (code && !(code in page.counties)) {
    page.counties[code] = undefined;
    const county = await get(`/counties/${encodeURIComponent(code)}`, { anonymous: true, cache: 'default' }).catch(() => undefined);
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
      stopped: () => change({ alert: t('order.gaveUp') }),
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
    page.orders?.end();
    change({ viewer: null, orders: undefined, asking: undefined });
  }
}

async function returned() {
  if (!document.hidden && page.viewer !== undefined) {
    await reloadForAnother(page.viewer);
    page.orders?.catchUp();
  }
}

document.addEventListener('visibilitychange', returned);
setInterval(() => document.hidden || change(), 1000);
root.replaceChildren();
change();
followSession();
welcome();
