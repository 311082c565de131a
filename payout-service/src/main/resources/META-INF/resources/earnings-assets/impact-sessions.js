/** How each session went. */
import { countdown, money, number, time } from '/assets/format.js';
import { t } from '/assets/messages.js';
import { Fragment, h } from '/assets/view.js';

/** Sessions shown at once: each has a title and a creator to be asked for. */
export const SHOWN = 10;

const NUMBERS = ['orders', 'accepted', 'units', 'gross', 'soldOut'];

export function Sessions({ report: { sessions }, page, more }) {
  return h(
    'section',
    { id: 'sessions', class: 'card stack', 'aria-labelledby': 'sessions-title' },
    h('h2', { id: 'sessions-title', tabIndex: -1 }, t('impact.sessions')),
    sessions.length ? h(Table, { sessions, page }) : h('p', { class: 'muted' }, t('impact.sessions.none')),
    sessions.length > page.shown && h('p', null, h('button', { type: 'button', onClick: more }, t('more'))),
  );
}

function Table({ sessions, page }) {
  return h(
    'div',
    { class: 'scroll', tabIndex: 0, role: 'region', 'aria-label': t('impact.sessions') },
    h(
      'table',
      null,
      h(
        'thead',
        null,
        h(
          'tr',
          null,
          h('th', { scope: 'col' }, t('impact.session')),
          NUMBERS.map(name => h('th', { scope: 'col', class: 'number', key: name }, t(`impact.${name}`))),
        ),
      ),
      h('tbody', null, sessions.slice(0, page.shown).map(session => h(Row, { key: `${session.sessionId}-${session.gross.currency}`, session, page }))),
    ),
  );
}

function Row({ session, page: { titles, creators } }) {
  const { sessionId, creatorId, openedAt, orders, accepted, units, gross, soldOutAfterSeconds } = session;
  return h(
    'tr',
    { 'data-session': sessionId },
    h(
      'th',
      { scope: 'row' },
      h('a', { class: 'target', href: `/live/${sessionId}` }, titles[sessionId] ?? sessionId.slice(0, 8)),
      h('p', { class: 'small muted' }, creators[creatorId] ?? creatorId, openedAt && h(Fragment, null, ' · ', h('time', { dateTime: openedAt }, time(openedAt)))),
    ),
    h('td', { class: 'number' }, number(orders)),
    h('td', { class: 'number' }, number(accepted)),
    h('td', { class: 'number' }, number(units)),
    h('td', { class: 'number' }, money(gross)),
    h('td', { class: 'number' }, soldOutAfterSeconds === undefined ? t('none') : countdown(soldOutAfterSeconds * 1000)),
  );
}
