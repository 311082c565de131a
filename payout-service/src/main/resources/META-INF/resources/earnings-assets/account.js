/** Where one is paid: the account as far as it is ever shown again, and the form for another. */
import { Form } from '/assets/form.js';
import { Press } from '/assets/desk-parts.js';
import { Problem } from '/assets/parts.js';
import { explain, t } from '/assets/messages.js';
import { Fragment, h } from '/assets/view.js';
import { why } from './reasons.js';

const TONES = { PENDING: 'warn', VERIFIED: 'good', REJECTED: 'bad' };

export function Account({ page: { account }, act }) {
  return h(
    'section',
    { id: 'account', class: 'card stack', 'aria-labelledby': 'account-title', 'data-status': account?.status },
    h(
      'div',
      { class: 'row spread' },
      h('h2', { id: 'account-title', tabIndex: -1 }, t('account')),
      account?.status && h('span', { class: `badge ${TONES[account.status]}` }, t(`account.${account.status}`)),
    ),
    content(account, act),
  );
}

function content(account, act) {
  if (account === undefined) {
    return h('p', { class: 'muted' }, t('loading'));
  }
  if (account?.failure) {
    return h('div', { class: 'row' }, h(Problem, { text: explain(account.failure) }), h(Press, { text: t('again'), run: act.readAccount }));
  }
  if (!account) {
    return h(Fragment, null, h('p', null, t('account.none')), h(AccountForm, { act }));
  }
  return h(
    Fragment,
    null,
    h('p', null, h('strong', null, account.holder), ' ', h('span', { class: 'muted' }, `${t(`account.${account.kind}`)} ${account.account}`)),
    account.reason && h('p', null, t('account.reason', { reason: why(account.reason) })),
    h('details', null, h('summary', null, t('change')), h(AccountForm, { account, act })),
  );
}

/** The number is typed anew each time: nobody has it to show. */
function AccountForm({ account, act }) {
  return h(Form, {
    id: 'payout-account',
    fields: [
      {
        name: 'kind',
        label: t('account.kind'),
        value: account?.kind ?? 'BANK',
        required: true,
        options: ['BANK', 'WALLET'].map(kind => [kind, t(`account.${kind}`)]),
      },
      { name: 'holder', label: t('account.holder'), value: account?.holder, required: true, maxLength: 100, autocomplete: 'name' },
      {
        name: 'account',
        label: t('account.number'),
        hint: t('account.number.hint'),
        wrong: t('account.number.wrong'),
        required: true,
        minLength: 4,
        maxLength: 100,
        pattern: '[\\p{L}\\p{Nd}@._+ \\-]+',
        autocomplete: 'off',
        spellcheck: false,
      },
    ],
    buttons: [{ text: t('save'), class: account ? '' : 'primary' }],
    onSubmit: act.saveAccount,
  });
}
