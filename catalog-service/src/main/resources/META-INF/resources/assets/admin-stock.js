/** Whether every product's stock adds up, counted anew. */
import { Press, figure } from './desk-parts.js';
import { number, time } from './format.js';
import { explain, t } from './messages.js';
import { Problem } from './parts.js';
import { Fragment, h } from './view.js';

/** What should be equal stands side by side: [key of the title, of a difference]. */
const COLUMNS = [
  ['stock.sum', ({ stock }) => stock.available + stock.allotted + stock.sold],
  ['stock.adjusted', ({ adjusted }) => adjusted],
  ['stock.allotted', ({ stock }) => stock.allotted],
  ['stock.allottedByOffers', ({ allottedByOffers }) => allottedByOffers],
  ['stock.sold', ({ stock }) => stock.sold],
  ['stock.soldByOffers', ({ soldByOffers }) => soldByOffers],
];

export function Stock({ page: { stock, stockFailure }, act }) {
  return h(
    'section',
    { id: 'stock', class: 'card stack', 'aria-labelledby': 'stock-title', 'data-adrift': stock?.adrift },
    h(
      'div',
      { class: 'row spread' },
      h('h2', { id: 'stock-title', tabIndex: -1 }, t('stock')),
      h('div', { class: 'row' }, h(Press, { text: t('stock.refresh'), run: act.reconcile })),
    ),
    stock && h(Result, { stock }),
    stockFailure && h(Problem, { text: explain(stockFailure) }),
    !stock && !stockFailure && h('p', { class: 'muted' }, t('loading')),
  );
}

function verdict(adrift) {
  return adrift ? t(adrift === 1 ? 'stock.bad.one' : 'stock.bad', { count: number(adrift) }) : t('stock.good');
}

function Result({ stock: { products, adrift, checkedAt, differences } }) {
  return h(
    Fragment,
    null,
    h('p', { class: `notice ${adrift ? 'bad' : 'good'}`, role: 'status' }, verdict(adrift)),
    h(
      'dl',
      { class: 'figures' },
      figure('products', products),
      figure('adrift', adrift),
      figure('checkedAt', h('time', { dateTime: checkedAt }, time(checkedAt))),
    ),
    adrift > differences.length && h('p', { class: 'small muted' }, t('stock.first', { count: number(differences.length) })),
    differences.length > 0 && h(Differences, { differences }),
  );
}

function Differences({ differences }) {
  return h(
    'div',
    { class: 'scroll', tabIndex: 0, role: 'region', 'aria-label': t('stock.differences') },
    h(
      'table',
      null,
      h(
        'thead',
        null,
        h(
          'tr',
          null,
          h('th', { scope: 'col' }, t('stock.product')),
          COLUMNS.map(([key]) => h('th', { scope: 'col', class: 'number', key }, t(key))),
        ),
      ),
      h('tbody', null, differences.map(difference => h(Row, { key: difference.productId, difference }))),
    ),
  );
}

/** The one of two that should be equal and is not stands out. */
function Row({ difference }) {
  const values = COLUMNS.map(([, value]) => value(difference));
  return h(
    'tr',
    { 'data-product': difference.productId },
    h('th', { scope: 'row' }, difference.title, h('p', { class: 'small muted' }, difference.sellerId)),
    values.map((value, at) => h('td', { class: `number ${value === values[at ^ 1] ? '' : 'wrong'}`, key: at }, number(value))),
  );
}
