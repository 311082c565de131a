/** What a seller or creator has earned: balances, the next payout, income by day, payouts, sales, statements. */
import { get, put } from '/assets/api.js';
import { board } from '/assets/board.js';
import { enter, Listing } from '/assets/desk.js';
import { t } from '/assets/messages.js';
import { Fragment, h } from '/assets/view.js';
import { Account } from './account.js';
import { Balances } from './balances.js';
import { daysBefore, today } from './days.js';
import { Entries } from './entries.js';
import { Income } from './income.js';
import { Payouts } from './payouts.js';
import { Statements } from './statements.js';
import './texts.js';

const ROLES = ['creator', 'seller'];
/** A provider has checked an account within seconds, or else within the hour. */
const LOOK_AGAIN = 5000;
const LOOKS = 12;

const root = document.getElementById('desk');

/** Of each: undefined while it is not known, {failure} when it cannot be had. */
const page = { earnings: undefined, account: undefined, income: undefined, days: 30 };
const change = board(root, Page, page);

function Page() {
  return h(
    Fragment,
    null,
    h(
      'div',
      { class: 'stack desk' },
      h('h1', { tabIndex: -1 }, t('desk.earnings')),
      h(Balances, { page, act }),
      h(Income, { page, act }),
      h(Payouts, { page }),
      h(Account, { page, act }),
      h(Entries, { page }),
      h(Statements, { page, act }),
    ),
    h('p', { class: 'visually-hidden', role: 'status' }, page.news),
  );
}

const act = {
  async readBalances() {
    change({ earnings: await get('/earnings/me').catch(failure => page.earnings ?? { failure }) });
  },

  /** null for none. */
  async readAccount() {
    const account = await get('/payout-accounts/me').catch(failure => (failure.status === 404 ? null : (page.account ?? { failure })));
    change({ account });
  },

  async saveAccount(values) {
    change({ account: await put('/payout-accounts/me', values), news: t('account.saved') });
    followCheck(LOOKS);
  },

  async readIncome(days = page.days) {
    change({ days });
    const last = today();
    const income = await get(`/earnings/me/days?from=${daysBefore(last, days)}&to=${last}`).catch(failure => ({ failure }));
    if (days === page.days) {
      change({ income });
    }
  },

  choose: chosen => change(chosen),
};

/** Until the provider has answered, for a while. */
function followCheck(looks) {
  if (page.account?.status === 'PENDING' && looks > 0) {
    setTimeout(() => act.readAccount().then(() => followCheck(looks - 1)), LOOK_AGAIN);
  }
}

enter(
  root,
  'earnings',
  someone => {
    page.payouts = new Listing(`/payouts?userId=${encodeURIComponent(someone.subject)}&limit=10`, change);
    page.entries = new Listing('/earnings/me/entries?limit=10', change);
    change();
    act.readBalances();
    act.readAccount().then(() => followCheck(LOOKS));
    act.readIncome();
    page.payouts.load();
    page.entries.load();
    document.addEventListener('visibilitychange', () => document.hidden || act.readBalances());
  },
  ROLES,
);
