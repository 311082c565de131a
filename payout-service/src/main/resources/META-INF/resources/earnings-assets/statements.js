/** Which month's statement to look at. */
import { Press } from '/assets/desk-parts.js';
import { t } from '/assets/messages.js';
import { h } from '/assets/view.js';
import { lastMonths, monthName } from './days.js';
import { download } from './download.js';

const MONTHS = 12;

export function Statements({ page, act }) {
  const months = lastMonths(MONTHS);
  const currencies = page.earnings?.items?.map(({ currency }) => currency) ?? [];
  const { month = months[0], currency = currencies[0] } = page;
  const query = new URLSearchParams({ month, ...(currency && { currency }) });
  return h(
    'section',
    { id: 'statements', class: 'card stack', 'aria-labelledby': 'statements-title' },
    h('h2', { id: 'statements-title', tabIndex: -1 }, t('statements')),
    h(
      'div',
      { class: 'search' },
      h(Choice, {
        id: 'statement-month',
        label: t('statement.month'),
        value: month,
        options: months.map(name => [name, monthName(name)]),
        choose: value => act.choose({ month: value }),
      }),
      currencies.length > 1 &&
        h(Choice, {
          id: 'statement-currency',
          label: t('statement.currency'),
          value: currency,
          options: currencies.map(code => [code, code]),
          choose: value => act.choose({ currency: value }),
        }),
    ),
    h(
      'div',
      { class: 'row' },
      h('a', { class: 'button', href: `/me/earnings/statement?${query}` }, t('statement.open')),
      h(Press, { text: t('csv'), about: monthName(month), run: () => download(`/earnings/me/movements?${query}`) }),
    ),
  );
}

function Choice({ id, label, value, options, choose }) {
  return h(
    'div',
    { class: 'field' },
    h('label', { for: id }, label),
    h(
      'select',
      { id, value, onChange: ({ target }) => choose(target.value) },
      options.map(([key, text]) => h('option', { key, value: key, selected: key === value }, text)),
    ),
  );
}
