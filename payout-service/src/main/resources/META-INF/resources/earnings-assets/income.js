/** What each day brought. */
import { Press } from '/assets/desk-parts.js';
import { Problem } from '/assets/parts.js';
import { money, number } from '/assets/format.js';
import { explain, t } from '/assets/messages.js';
import { Fragment, h } from '/assets/view.js';
import { Bars } from './bars.js';
import { daysFrom, longDay, shortDay, zone } from './days.js';

const RANGES = [7, 30, 90];

export function Income({ page: { income, days }, act }) {
  return h(
    'section',
    { id: 'income', class: 'card stack', 'aria-labelledby': 'income-title' },
    h('h2', { id: 'income-title', tabIndex: -1 }, t('income')),
    h(
      'div',
      { class: 'row', role: 'group', 'aria-labelledby': 'income-title' },
      RANGES.map(count =>
        h(
          'button',
          { type: 'button', key: count, class: count === days ? 'primary' : '', 'aria-pressed': count === days, onClick: () => act.readIncome(count) },
          t('income.days', { count: number(count) }),
        ),
      ),
    ),
    !income && h('p', { class: 'muted' }, t('loading')),
    income?.failure && h('div', { class: 'row' }, h(Problem, { text: explain(income.failure) }), h(Press, { text: t('again'), run: () => act.readIncome() })),
    income?.items && h(Charts, { income }),
  );
}

function Charts({ income: { from, to, items } }) {
  const currencies = [...new Set(items.map(({ amount }) => amount.currency))];
  if (!currencies.length) {
    return h('p', { class: 'muted' }, t('income.none'));
  }
  return h(
    Fragment,
    null,
    currencies.map(currency => h(OneCurrency, { key: currency, from, to, currency, items: items.filter(({ amount }) => amount.currency === currency) })),
    h('p', { class: 'small muted' }, t('days.explained', { zone })),
  );
}

/** A day on which nothing was sold is a day all the same. */
function OneCurrency({ from, to, currency, items }) {
  const known = new Map(items.map(item => [item.day, item]));
  const rows = daysFrom(from, to).map(day => ({
    key: day,
    name: longDay(day),
    short: shortDay(day),
    sales: known.get(day)?.sales ?? 0,
    amounts: [known.get(day)?.amount.amount ?? 0],
  }));
  const total = items.reduce((sum, { amount }) => sum + amount.amount, 0);
  const label = t('income.label', { from: longDay(from), to: longDay(to), total: money({ amount: total, currency }) });
  return h(
    'div',
    { class: 'stack', 'data-income': currency },
    h('p', null, label),
    h(Bars, { label, rows, series: [t('amount')], currency, head: t('day') }),
  );
}
