/** One session as its creator runs it. */
import { AddGift, AddProduct } from './desk-adding.js';
import { OrderRate } from './desk-chart.js';
import { total, totalMoney } from './desk-figures.js';
import { OfferCard } from './desk-offer.js';
import { figure, Press } from './desk-parts.js';
import { Status, when } from './desk-sessions.js';
import { money } from './format.js';
import { t } from './messages.js';
import { Fragment, h } from './view.js';

export function SessionDesk({ page, act }) {
  const { session, missing, figures, lost, profile, counties } = page;
  return h(
    'div',
    { class: 'stack desk' },
    h('p', null, h('a', { class: 'target', href: '/me/sessions' }, t('session.all'))),
    missing && h('p', { class: 'notice', role: 'alert' }, missing),
    !session && !missing && h('p', { class: 'muted' }, t('loading')),
    session &&
      h(
        Fragment,
        null,
        h(Head, { session, act }),
        profile?.verification !== 'VERIFIED' && profile !== undefined && !profile?.failure && h('p', { class: 'notice warn' }, t('problem.CREATOR_NOT_VERIFIED')),
        lost && h('p', { class: 'notice' }, t('connection.lost')),
        h(LiveFigures, { session, figures }),
        h(Offers, { session, figures, counties, act }),
      ),
  );
}

function Head({ session, act }) {
  const { sessionId, title, status } = session;
  return h(
    'section',
    { class: 'stack', 'aria-labelledby': 'session-title', 'data-session': sessionId, 'data-status': status },
    h('div', { class: 'row' }, h('h1', { id: 'session-title', tabIndex: -1 }, title), h(Status, { status })),
    h('p', { class: 'muted' }, when(session)),
    h(
      'div',
      { class: 'row' },
      status === 'SCHEDULED' && h(Press, { key: 'start', text: t('session.start'), tone: 'primary', run: () => act.run('start') }),
      h('a', { class: 'button', href: `/live/${sessionId}` }, t('session.page')),
      status !== 'ENDED' &&
        h(Press, {
          key: 'end',
          text: t('session.end'),
          tone: 'danger',
          sure: { title: t('session.end.sure'), text: t('session.end.text'), yes: t('session.end.yes') },
          run: () => act.run('end'),
        }),
    ),
  );
}

function LiveFigures({ session, figures }) {
  const offers = [...figures.offers.values()];
  const sum = name => total(offers, name);
  const moneySum = name => totalMoney(offers, name).map(money).join(' + ') || undefined;
  return h(
    'section',
    { class: 'card stack', 'aria-labelledby': 'figures-title', 'data-figures': 'session' },
    h('h2', { id: 'figures-title', tabIndex: -1 }, t('figures')),
    figures.failures > 0 && h('p', { class: 'notice warn' }, t('figures.late')),
    h(
      'dl',
      { class: 'figures' },
      session.status === 'LIVE' && figure('rate', Math.round(figures.rate)),
      figure('orders', sum('orders')),
      figure('reserved', sum('reserved')),
      figure('sold', sum('sold')),
      figure('remaining', sum('remaining')),
      figure('gross', moneySum('gross')),
      figure('commission', moneySum('commission')),
    ),
    session.status === 'LIVE' && h(OrderRate, { samples: figures.samples }),
  );
}

function Offers({ session, figures, counties, act }) {
  const { offers = [], pinnedOfferId, status } = session;
  const closed = offer => offer.status === 'CLOSED';
  const sorted = [...offers.filter(offer => !closed(offer)), ...offers.filter(closed)];
  return h(
    'section',
    { class: 'stack', 'aria-labelledby': 'offers-title' },
    h(
      'div',
      { class: 'row spread' },
      h('h2', { id: 'offers-title', tabIndex: -1 }, t('offers')),
      status !== 'ENDED' && h('div', { class: 'row' }, h(AddProduct, { counties, act }), h(AddGift, { act, offers })),
    ),
    !offers.length && h('p', { class: 'muted' }, t('desk.offers.none')),
    h(
      'ul',
      { class: 'stack list' },
      sorted.map(offer =>
        h(OfferCard, {
          key: offer.offerId,
          offer,
          figures: figures.offers.get(offer.offerId),
          pinned: offer.offerId === pinnedOfferId,
          running: status !== 'ENDED',
          act,
        }),
      ),
    ),
  );
}
