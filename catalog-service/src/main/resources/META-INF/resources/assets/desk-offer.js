/** One offer on the creator's desk: what it is, how it sells, and what can be done about it. */
import { figure, Press } from './desk-parts.js';
import { money, number, percent, time } from './format.js';
import { t } from './messages.js';
import { h } from './view.js';

const TONES = { OPEN: 'good', SCHEDULED: '', CLOSED: '' };

export function OfferCard({ offer, figures, pinned, running, act }) {
  const { offerId, title, kind, status, allotment } = offer;
  return h(
    'li',
    { class: `card stack ${pinned ? 'pinned' : ''}`, 'data-offer': offerId, 'data-status': status },
    h(
      'div',
      { class: 'row spread' },
      h('h3', { tabIndex: -1 }, title),
      h(
        'p',
        { class: 'row' },
        pinned && h('span', { class: 'badge warn' }, t('offer.pinned')),
        kind === 'GIFT' && h('span', { class: 'badge' }, t('offer.gift')),
        h('span', { class: `badge ${offer.soldOut ? 'bad' : TONES[status]}` }, t(offer.soldOut ? 'offer.soldOut' : `selling.${status}`)),
      ),
    ),
    h('p', { class: 'small muted terms' }, terms(offer).map(text => h('span', { key: text }, text))),
    h(Sales, { figures, offer, allotment }),
    running && status !== 'CLOSED' && h(Actions, { offer, pinned, act }),
  );
}

function terms({ price, listPrice, perBuyerLimit, closesAt, status, commissionBasisPoints }) {
  return [
    `${t('price.live')} ${money(price)}`,
    listPrice && `${t('price.list')} ${money(listPrice)}`,
    t('offer.commission', { percent: percent(commissionBasisPoints) }),
    perBuyerLimit && t('offer.limit', { count: number(perBuyerLimit) }),
    closesAt && status !== 'CLOSED' && t('closes.at', { time: time(closesAt) }),
  ].filter(Boolean);
}

/** By the figures, which are the creator's own; what the public sees has to do until they are there. */
function Sales({ figures = {}, offer, allotment }) {
  const remaining = figures.remaining ?? offer.remaining;
  return h(
    'dl',
    { class: 'figures small' },
    figure('orders', figures.orders),
    figure('reserved', figures.reserved),
    figure('sold', figures.sold),
    allotment !== undefined &&
      figure('remaining', remaining === undefined ? remaining : t('figures.of', { count: number(remaining), all: number(allotment) })),
    figure('gross', figures.gross && money(figures.gross)),
    figure('commission', figures.commission && money(figures.commission)),
  );
}

function Actions({ offer, pinned, act }) {
  const { title, status } = offer;
  const press = props => h(Press, { about: title, ...props });
  return h(
    'div',
    { class: 'row' },
    status === 'SCHEDULED' && press({ key: 'open', text: t('offer.open'), tone: 'primary', run: () => act.turn(offer, 'open') }),
    pinned
      ? press({ key: 'unpin', text: t('offer.unpin'), run: () => act.pin() })
      : press({ key: 'pin', text: t('offer.pin'), run: () => act.pin(offer) }),
    press({
      key: 'close',
      text: t('offer.close'),
      tone: 'danger',
      sure: { title: t('offer.close.sure', offer), text: t('offer.close.text'), yes: t('offer.close.yes') },
      run: () => act.turn(offer, 'close'),
    }),
  );
}
