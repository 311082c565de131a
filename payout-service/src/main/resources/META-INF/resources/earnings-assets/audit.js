/** The audit log: who did what to what, newest first. */
import { board } from '/assets/board.js';
import { enter, Listing } from '/assets/desk.js';
import { Listed } from '/assets/desk-parts.js';
import { Form } from '/assets/form.js';
import { money, number, time } from '/assets/format.js';
import { isText, t } from '/assets/messages.js';
import { Fragment, h } from '/assets/view.js';
import './texts.js';

const SHOWN = 20;
const LONGEST = 128;
const ACTIONS = [
  'SETTLEMENT_STARTED',
  'PAYOUT_HELD',
  'PAYOUT_RELEASED',
  'PAYOUT_CANCELLED',
  'PAYOUT_CONTRADICTED',
  'PAYOUT_RESOLVED',
  'PAYOUT_RECOVERED',
  'PAYOUT_ACCOUNT_CHANGED',
  'FEE_PROGRAMME_SET',
  'ORDER_REFUNDED',
];

const root = document.getElementById('desk');
const asked = new URLSearchParams(location.search);
const entries = new Listing('', () => change({ news: entries.items ? t('audit.shown', { count: number(entries.items.length) }) : '' }));
const change = board(root, Page, {});

function Page({ page }) {
  return h(
    Fragment,
    null,
    h(
      'div',
      { class: 'stack desk' },
      h('p', null, h('a', { class: 'target', href: '/impact' }, t('audit.back'))),
      h('h1', { tabIndex: -1 }, t('desk.audit')),
      h(Filters),
      h(
        'section',
        { id: 'entries', class: 'card stack', 'aria-label': t('desk.audit') },
        h(Listed, {
          listing: entries,
          empty: t('audit.none'),
          frame: items => h('ul', { class: 'choices' }, items.map(entry => h(Entry, { key: entry.entryId, entry }))),
        }),
      ),
    ),
    h('p', { class: 'visually-hidden', role: 'status' }, page.news),
  );
}

function Filters() {
  return h(
    'section',
    { class: 'card stack', 'aria-label': t('search') },
    h(Form, {
      id: 'filters',
      keep: true,
      fields: [
        { name: 'actor', label: t('audit.actor'), value: asked.get('actor'), maxLength: LONGEST },
        {
          name: 'action',
          label: t('audit.action'),
          value: asked.get('action') ?? '',
          options: [['', t('audit.any')], ...ACTIONS.map(action => [action, nameOf(action)])],
        },
        { name: 'subject', label: t('audit.subject'), value: asked.get('subject'), maxLength: LONGEST },
      ],
      buttons: [{ text: t('search'), class: 'primary' }],
      onSubmit: search,
    }),
    h('p', { class: 'small muted' }, t('audit.explained')),
  );
}

function Entry({ entry: { entryId, at, actor, action, subject, detail } }) {
  return h(
    'li',
    { 'data-entry': entryId, 'data-action': action },
    h(
      'p',
      { class: 'row terms' },
      h('strong', null, nameOf(action)),
      h('time', { class: 'small muted', dateTime: at }, time(at)),
      h(All, { of: { actor }, text: t('audit.by', { actor }) }),
      h(All, { of: { subject }, text: t('audit.about', { subject }) }),
    ),
    detail && h('p', { class: 'small' }, told(action, detail)),
  );
}

/** Leads to all entries of the same person, or about the same thing. */
const All = ({ of, text }) => h('a', { class: 'target small', href: `?${new URLSearchParams(of)}` }, text);

const nameOf = action => (isText(`audit.${action}`) ? t(`audit.${action}`) : action);

/** As it was recorded, but for a refund's minor units, which would be taken for whole ones. */
const told = (action, detail) =>
  action === 'ORDER_REFUNDED' ? detail.replace(/(\d+) ([A-Z]{3})$/, (_, amount, currency) => money({ amount: Number(amount), currency })) : detail;

/** What was asked for stays in the address, to be passed on. */
function search(filters) {
  const query = String(new URLSearchParams(filters));
  history.replaceState(null, '', query ? `?${query}` : location.pathname);
  change({ news: t('loading') });
  return entries.load(`/audit?${new URLSearchParams({ limit: SHOWN, ...filters })}`);
}

const isFilter = ([name, value]) => ['actor', 'action', 'subject'].includes(name) && value;

enter(root, 'audit', () => search(Object.fromEntries([...asked].filter(isFilter))), ['operator']);
