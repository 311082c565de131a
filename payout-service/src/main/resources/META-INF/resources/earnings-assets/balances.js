/** What has been earned and where it stands; when it is paid, and what is missing to that. */
import { figure, Press } from '/assets/desk-parts.js';
import { Problem } from '/assets/parts.js';
import { money, time } from '/assets/format.js';
import { explain, t } from '/assets/messages.js';
import { Fragment, h } from '/assets/view.js';

export function Balances({ page: { earnings, account }, act }) {
  return h(
    'section',
    { class: 'card stack', 'aria-labelledby': 'balances-title' },
    h('h2', { id: 'balances-title', tabIndex: -1 }, t('balances')),
    !earnings && h('p', { class: 'muted' }, t('loading')),
    earnings?.failure && h('div', { class: 'row' }, h(Problem, { text: explain(earnings.failure) }), h(Press, { text: t('again'), run: act.readBalances })),
    earnings?.items?.map(item => h(OneCurrency, { key: item.currency, item, account, several: earnings.items.length > 1 })),
    earnings?.items && h('p', { class: 'small muted' }, t('balances.explained')),
  );
}

function OneCurrency({ item, account, several }) {
  return h(
    Fragment,
    null,
    several && h('h3', null, t('balances.of', item)),
    h(
      'dl',
      { class: 'figures', 'data-currency': item.currency },
      figure('pending', money(item.pending)),
      figure('available', money(item.available)),
      item.reserved.amount !== 0 && figure('held', money(item.reserved)),
      figure('inTransit', money(item.inTransit)),
      figure('arrived', money(item.paid)),
    ),
    item.available.amount < 0 && h('p', { class: 'notice warn', 'data-owing': '' }, t('balances.owing')),
    h(NextPayout, { next: item.nextPayout, account }),
  );
}

/** What is said of the account is said only where it is all that is missing, or will be. */
function NextPayout({ next, account }) {
  const { amount, missing, on } = next;
  const known = account !== undefined && !account?.failure;
  const wants = known && account?.status !== 'VERIFIED' && `next.account.${account?.status ?? 'none'}`;
  const key = amount && wants ? 'next.ready' : `next.${amount ? 'amount' : 'missing'}${on ? '.on' : ''}`;
  const values = { amount: amount && money(amount), missing: missing && money(missing), time: on && time(on) };
  return h(
    'div',
    { class: `notice ${wants ? 'warn' : amount ? 'good' : ''}`, 'data-next': amount ? 'amount' : 'missing' },
    h('p', null, h('strong', null, t('next')), ' · ', t(key, values)),
    wants && h('p', null, h('a', { class: 'target', href: '#account' }, t(wants))),
  );
}
