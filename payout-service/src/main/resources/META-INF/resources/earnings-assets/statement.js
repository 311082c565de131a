/** One month as the ledger has it, to be read and printed: opening balance, every movement, closing balance. */
import { get } from '/assets/api.js';
import { board } from '/assets/board.js';
import { enter } from '/assets/desk.js';
import { Press } from '/assets/desk-parts.js';
import { Problem } from '/assets/parts.js';
import { locale, money, number } from '/assets/format.js';
import { explain, isText, t } from '/assets/messages.js';
import { displayName } from '/assets/viewer.js';
import { Fragment, h } from '/assets/view.js';
import { monthName } from './days.js';
import { download } from './download.js';
import './texts.js';

/** More than anybody reads on paper; the file has all of them. */
const MOST = 1000;
const PAGE = 200;
const OWED = ['PENDING', 'AVAILABLE', 'RESERVED', 'IN_TRANSIT'];

const root = document.getElementById('desk');
const page = { statement: undefined, movements: undefined, failure: undefined };
const change = board(root, Page, page);
const asked = new URLSearchParams(location.search);
const query = new URLSearchParams(['month', 'currency'].filter(name => asked.get(name)).map(name => [name, asked.get(name)]));

function Page() {
  const { statement, failure } = page;
  return h(
    'div',
    { class: 'stack desk statement' },
    h('p', { class: 'screen-only' }, h('a', { class: 'target', href: '/me/earnings' }, t('statement.back'))),
    h('h1', { tabIndex: -1 }, statement ? t('statement.of', { month: monthName(statement.month) }) : t('statements')),
    failure &&
      h('div', { class: 'row' }, h(Problem, { text: failure.status === 400 ? t('statement.unreadable') : explain(failure) }), h(Press, { text: t('again'), run: read })),
    !statement && !failure && h('p', { class: 'muted' }, t('loading')),
    statement && h(Statement),
  );
}

function Statement() {
  const { statement, movements, someone } = page;
  const { zone, currency } = statement;
  return h(
    Fragment,
    null,
    h('p', null, t('statement.for', { name: displayName(someone), currency, zone })),
    h(
      'div',
      { class: 'row screen-only' },
      h('button', { type: 'button', class: 'primary', disabled: !movements, onClick: () => print() }, t('print')),
      h(Press, { text: t('csv'), about: t('statement.movements'), run: () => download(`/earnings/me/movements?${query}`) }),
    ),
    h(Sums, { statement }),
    movements && h(Lines, { statement, movements }),
    !movements && !page.failure && h('p', { class: 'muted' }, t('loading')),
    h('p', { class: 'small muted' }, t('statement.explained')),
  );
}

/** Only what adds to the balance or takes from it has a sum of its own. */
function Sums({ statement: { opening, closing, totals } }) {
  return h(
    'table',
    { class: 'sums' },
    h('caption', null, t('statement.sums')),
    h(
      'tbody',
      null,
      sum('opening', t('statement.opening'), opening.balance),
      totals.filter(({ change }) => change.amount !== 0).map(({ kind, change }) => sum(kind, what(kind), change)),
      sum('closing', t('statement.closing'), closing.balance),
    ),
  );
}

const sum = (key, name, amount) =>
  h('tr', { key, 'data-sum': key }, h('th', { scope: 'row' }, name), h('td', { class: 'number' }, money(amount)));

const what = kind => (isText(`movement.${kind}`) ? t(`movement.${kind}`) : kind);

function Lines({ statement: { opening, closing, totals, zone }, movements }) {
  const all = totals.reduce((count, total) => count + total.movements, 0);
  const booked = new Intl.DateTimeFormat(locale, { dateStyle: 'short', timeStyle: 'short', timeZone: zone });
  if (!movements.length) {
    return h('p', { class: 'muted' }, t('statement.none'));
  }
  return h(
    Fragment,
    null,
    all > movements.length && h('p', { class: 'notice' }, t('statement.first', { count: number(movements.length) })),
    h(
      'div',
      { class: 'scroll', tabIndex: 0, role: 'region', 'aria-label': t('statement.movements') },
      h(
        'table',
        null,
        h('caption', null, t('statement.movements')),
        h(
          'thead',
          null,
          h(
            'tr',
            null,
            h('th', { scope: 'col' }, t('statement.booked')),
            h('th', { scope: 'col' }, t('statement.what')),
            h('th', { scope: 'col', class: 'number' }, t('statement.change')),
            h('th', { scope: 'col', class: 'number' }, t('statement.balance')),
          ),
        ),
        h(
          'tbody',
          null,
          edge('opening', opening.balance),
          movements.map(movement => h(Line, { key: movement.movementId, movement, booked })),
          all <= movements.length && edge('closing', closing.balance),
        ),
      ),
    ),
  );
}

const edge = (name, balance) =>
  h(
    'tr',
    { key: name, class: 'edge', 'data-edge': name },
    h('th', { scope: 'row', colSpan: 3 }, t(`statement.${name}`)),
    h('td', { class: 'number' }, money(balance)),
  );

function Line({ movement, booked }) {
  const { movementId, kind, orderId, payoutId, bookedAt, change, balance } = movement;
  return h(
    'tr',
    { 'data-movement': movementId, 'data-kind': kind },
    h('td', null, h('time', { dateTime: bookedAt }, booked.format(new Date(bookedAt)))),
    h('td', null, what(kind), ' ', h('span', { class: 'small muted' }, [(orderId ?? payoutId)?.slice(0, 8), ...steps(movement)].filter(Boolean).join(' · '))),
    h('td', { class: 'number' }, change.amount === 0 ? t('none') : money(change)),
    h('td', { class: 'number' }, money(balance)),
  );
}

/** Where money went that is owed before and after. */
function steps({ change, moves }) {
  return change.amount === 0
    ? moves
        .filter(({ stage, amount }) => OWED.includes(stage) && amount.amount > 0)
        .map(({ stage, amount }) => t('movement.moved', { stage: t(`stage.${stage}`), amount: money(amount) }))
    : [];
}

/** Of a month that is running more may be booked between the sums and the lines: both are then read once more. */
async function read(times = 3) {
  change({ failure: undefined });
  const statement = await get(`/earnings/me/statement?${query}`).catch(failure => change({ failure }));
  if (!statement) {
    return;
  }
  change({ statement });
  document.title = `${t('statement.of', { month: monthName(statement.month) })} · Live Sale`;
  const movements = await allMovements().catch(failure => change({ failure }));
  if (movements && times > 1 && !endsAt(statement, movements)) {
    await read(times - 1);
    return;
  }
  change({ movements });
}

function endsAt({ opening, closing }, movements) {
  const last = movements.at(-1)?.balance ?? opening.balance;
  return movements.length >= MOST || last.amount === closing.balance.amount;
}

async function allMovements() {
  const movements = [];
  let cursor;
  do {
    const following = cursor ? `&cursor=${encodeURIComponent(cursor)}` : '';
    const { items, nextCursor } = await get(`/earnings/me/movements?${query}&limit=${PAGE}${following}`);
    movements.push(...items);
    cursor = nextCursor;
  } while (cursor && movements.length < MOST);
  return movements;
}

enter(
  root,
  'earnings',
  someone => {
    change({ someone });
    read();
  },
  ['creator', 'seller'],
);
