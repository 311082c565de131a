/** Offers as the stream page shows them. `page` is its state, `act` what a press does. */
import { countdown, money, now, number, time } from './format.js';
import { t } from './messages.js';
import { hidden } from './parts.js';
import { Purchase, reason } from './purchase.js';
import { isLow, saving, standing } from './sale.js';
import { signInAddress } from './viewer.js';
import { Fragment, h } from './view.js';

const DAY = 24 * 60 * 60_000;
const GOODS = '/assets/goods.svg';
const GIFT = '/assets/gift.svg';

/** The one that the creator talks about. */
export function Pinned({ offer, page, act }) {
  return h(
    'section',
    { class: 'pinned card', 'aria-labelledby': 'pinned-title', 'data-offer': offer?.offerId, 'data-status': offer?.status },
    offer && h('p', { class: 'badge good' }, t('pinned')),
    offer
      ? h(
          'div',
          { class: 'goods', key: offer.offerId },
          h(Picture, { offer }),
          h(
            'div',
            { class: 'stack' },
            h('h2', { id: 'pinned-title', tabIndex: -1 }, offer.title),
            h(Origin, { county: page.counties[offer.county] }),
          ),
          h(
            'div',
            { class: 'stack purchase' },
            h(Price, { offer, large: true }),
            h(Remaining, { offer }),
            h(Closing, { offer }),
            h(Purchase, { offer, page, act }),
          ),
        )
      : h('h2', { id: 'pinned-title', class: 'muted', tabIndex: -1 }, t('pinned.none')),
  );
}

export function Products({ offers, page, act, title }) {
  return h(
    'section',
    { 'aria-labelledby': 'offers-title', class: 'stack' },
    h('h2', { id: 'offers-title', tabIndex: -1 }, title),
    h(
      'ul',
      { class: 'products' },
      offers.map(offer => h(Product, { key: offer.offerId, offer, page, act })),
    ),
  );
}

function Product({ offer, page, act }) {
  return h(
    'li',
    { class: 'card product', 'data-offer': offer.offerId, 'data-status': offer.status },
    h(
      'div',
      { class: 'goods' },
      h(Picture, { offer }),
      h(
        'div',
        { class: 'stack' },
        h('h3', { tabIndex: -1 }, offer.title),
        h(Origin, { county: page.counties[offer.county] }),
        h(Price, { offer }),
      ),
    ),
    offer.status === 'OPEN' && h(Fragment, null, h(Remaining, { offer }), h(Closing, { offer })),
    h(Purchase, { offer, page, act }),
  );
}

export function Gifts({ offers, page, act }) {
  return h(
    'section',
    { 'aria-labelledby': 'gifts-title', class: 'stack' },
    h('h2', { id: 'gifts-title', tabIndex: -1 }, t('gifts')),
    h(
      'ul',
      { class: 'gifts' },
      offers.map(offer => h(Gift, { key: offer.offerId, offer, page, act })),
    ),
  );
}

function Gift({ offer, page, act }) {
  const { most, why } = standing(offer, page);
  const signIn = why === 'signIn' && signInAddress();
  const refusal = most || signIn ? undefined : reason(offer, why);
  const price = money(offer.price);
  const note = signIn ? t('buy.signIn') : refusal;
  const label = t('gift.send', { title: offer.title, price }) + (note ? ` (${note})` : '');
  const content = [
    h('img', { src: GIFT, alt: '', width: 32, height: 32 }),
    h('span', null, offer.title),
    h('span', { class: 'muted figure' }, refusal ?? price),
  ];
  return h(
    'li',
    { 'data-offer': offer.offerId, 'data-status': offer.status },
    signIn
      ? h('a', { class: 'button', href: signIn, 'aria-label': label }, content)
      : h(
          'button',
          {
            type: 'button',
            'aria-label': label,
            'aria-disabled': !!why || page.settling,
            onClick: () => !why && act.buy(offer, 1),
          },
          content,
        ),
  );
}

function Picture({ offer: { imageUrl, kind } }) {
  const instead = kind === 'GIFT' ? GIFT : GOODS;
  return h('img', {
    class: 'picture',
    src: imageUrl ?? instead,
    alt: '',
    width: 320,
    height: 320,
    loading: 'lazy',
    onError: ({ target }) => target.src.endsWith(instead) || (target.src = instead),
  });
}

function Origin({ county }) {
  return (
    county &&
    h(
      'p',
      { class: 'row small muted' },
      t('origin', county),
      county.designated && h('span', { class: 'badge good' }, t('origin.designated')),
    )
  );
}

function Price({ offer, large }) {
  const { price, listPrice } = offer;
  const percent = saving(offer);
  return h(
    'p',
    { class: 'row price figure' },
    hidden(t('price.live')),
    h('strong', null, money(price)),
    percent > 0 && h('span', { class: 'muted' }, hidden(t('price.list')), h('s', null, money(listPrice))),
    large && percent > 0 && h('span', { class: 'badge warn' }, t('price.saving', { percent: `${percent}%` })),
  );
}

function Remaining({ offer }) {
  const { remaining, allotment, status } = offer;
  if (!remaining || status !== 'OPEN') {
    return null;
  }
  const low = isLow(offer);
  const text = t(low ? 'remaining.low' : 'remaining', { count: number(remaining) });
  return h(
    'div',
    { class: 'remaining' },
    h('p', { class: 'small figure' }, text),
    h('progress', { max: allotment, value: remaining, class: low ? 'low' : '', 'aria-label': t('remaining.bar'), 'aria-valuetext': text }),
  );
}

function Closing({ offer: { closesAt, status } }) {
  if (!closesAt || status !== 'OPEN') {
    return null;
  }
  const left = Date.parse(closesAt) - now();
  if (left > DAY) {
    return h('p', { class: 'small muted' }, t('closes.at', { time: time(closesAt) }));
  }
  return h(
    'p',
    { class: 'small closing figure', role: 'timer' },
    left > 0 ? t('closes.in', { time: countdown(left) }) : t('closes.now'),
  );
}
