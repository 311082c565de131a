/** What the page makes of the session and its offers: plain functions, without a view. */
import { now } from './format.js';
import { hasRole } from './viewer.js';

/** Units below which a viewer had better hurry: a tenth of them, or ten. */
const LOW = 10;
const ORDER = ['OPEN', 'SCHEDULED', 'CLOSED'];
/** The largest quantity that order-service takes. */
const MOST = 10_000;

/** The session after one event of its stream. */
export function applied(session, name, data) {
  switch (name) {
    case 'session':
      return data;
    case 'pin':
      return { ...session, pinnedOfferId: data.pinnedOfferId, offers: replaced(session.offers, data.offer) };
    case 'offer':
      return { ...session, offers: replaced(session.offers, data) };
    default:
      return session;
  }
}

function replaced(offers, offer) {
  if (!offer) {
    return offers;
  }
  return offers.some(({ offerId }) => offerId === offer.offerId)
    ? offers.map(other => (other.offerId === offer.offerId ? offer : other))
    : [...offers, offer];
}

/** How many of its offers were ever put on sale. */
export const opened = session => session?.offers.filter(({ openedAt }) => openedAt).length ?? 0;

/**
 * The offers by their place on the page: the pinned one, the other products, the gifts to be had.
 *
 * @param verified whether the creator is; of one who is not, only what was put on sale all the same may be shown
 */
export function placed({ offers = [], pinnedOfferId }, verified) {
  const shown = offers.filter(({ openedAt }) => verified || openedAt);
  const others = shown
    .filter(({ offerId }) => offerId !== pinnedOfferId)
    .sort((one, other) => ORDER.indexOf(one.status) - ORDER.indexOf(other.status));
  return {
    pinned: shown.find(({ offerId }) => offerId === pinnedOfferId),
    products: others.filter(({ kind }) => kind === 'PRODUCT'),
    gifts: others.filter(({ kind, status }) => kind === 'GIFT' && status === 'OPEN'),
  };
}

/**
 * Whether this viewer can buy of this offer: so many units at {most}, none without it; {why} not, or not just now, is the
 * key of a text. `signIn` and `notBuyer` the viewer can mend.
 */
export function standing(offer, { viewer, orders, pressed }) {
  const closing = offer.closesAt && Date.parse(offer.closesAt) <= now();
  if (offer.status !== 'OPEN' || closing) {
    return { why: offer.soldOut ? 'offer.soldOut' : `offer.${closing ? 'CLOSED' : offer.status}` };
  }
  if (offer.soldOut) {
    return { why: 'offer.soldOut' };
  }
  if (viewer === null) {
    return { why: 'signIn' };
  }
  if (viewer && !hasRole(viewer, 'buyer')) {
    return { why: 'notBuyer' };
  }
  const most = unitsFor(offer, orders);
  if (most < 1) {
    return { why: 'offer.limitReached' };
  }
  if (!orders) {
    return { most, why: 'loading' };
  }
  const sending = pressed === offer.offerId || orders.isSending(offer.offerId);
  return { most, why: sending ? 'buy.sending' : undefined };
}

function unitsFor({ kind, offerId, perBuyerLimit, remaining = MOST }, orders) {
  const free = perBuyerLimit === undefined ? MOST : perBuyerLimit - (orders?.held(offerId) ?? 0);
  return Math.min(free, remaining, kind === 'GIFT' ? 1 : MOST);
}

export const isLow = ({ remaining, allotment }) => remaining <= Math.max(LOW, allotment / 10);

/** Whole per cent below the list price, or 0. */
export function saving({ price, listPrice }) {
  return listPrice ? Math.max(0, Math.round((1 - price.amount / listPrice.amount) * 100)) : 0;
}
