/** Sales line by line: what became of each one's money, and what it waits for. */
import { Listed, Press } from '/assets/desk-parts.js';
import { money, now, percent, time } from '/assets/format.js';
import { t } from '/assets/messages.js';
import { h } from '/assets/view.js';
import { download } from './download.js';

const TONES = { PENDING: 'warn', AVAILABLE: 'good', RESERVED: 'good', REFUNDED: '' };

export function Entries({ page: { entries } }) {
  return h(
    'section',
    { id: 'entries', class: 'card stack', 'aria-labelledby': 'entries-title' },
    h(
      'div',
      { class: 'row spread' },
      h('h2', { id: 'entries-title', tabIndex: -1 }, t('entries')),
      h('div', { class: 'row' }, h(Press, { text: t('csv'), about: t('entries'), run: () => download('/earnings/me/entries') })),
    ),
    h(Listed, {
      listing: entries,
      empty: t('entries.none'),
      frame: items => h('ul', { class: 'choices' }, items.map(entry => h(Row, { key: entry.entryId, entry }))),
    }),
  );
}

function Row({ entry }) {
  const { entryId, orderId, kind, role, amount, state, paidAt } = entry;
  const id = orderId.slice(0, 8);
  return h(
    'li',
    { class: 'row spread', 'data-entry': entryId, 'data-order': orderId, 'data-state': state },
    h(
      'div',
      null,
      h('h3', null, money(amount), ' ', h('span', { class: 'small muted' }, t(kind === 'GIFT' ? 'entry.gift' : 'entry.order', { id }))),
      h(
        'p',
        { class: 'small muted terms' },
        h('time', { dateTime: paidAt }, time(paidAt)),
        h('span', null, t(`entry.${role}`)),
        parts(entry).map(text => h('span', { key: text }, text)),
      ),
    ),
    h(
      'div',
      { class: 'row' },
      waits(entry) && h('span', { class: 'small' }, waits(entry)),
      h('span', { class: `badge ${TONES[state]}` }, t(`entry.state.${state}`)),
    ),
  );
}

function parts({ kind, gross, refunded, fee, feeBasisPoints, waivedFee, commission, commissionBasisPoints }) {
  const gift = kind === 'GIFT';
  return [
    t('entry.gross', { amount: money(gross) }),
    refunded.amount > 0 && t('entry.refunded', { amount: money(refunded) }),
    !gift && t('entry.fee', { amount: money(fee), percent: percent(feeBasisPoints) }),
    waivedFee.amount > 0 && t('entry.waived', { amount: money(waivedFee) }),
    t('entry.commission', { amount: money(commission), percent: percent(commissionBasisPoints) }),
  ].filter(Boolean);
}

/** Why the money is not free yet, and when it will be. */
function waits({ waitsFor, releaseAt, reserve }) {
  if (!waitsFor) {
    return undefined;
  }
  const due = waitsFor === 'SETTLEMENT_PERIOD' && !(Date.parse(releaseAt) > now());
  return t(`entry.waits.${waitsFor}${due ? '.soon' : ''}`, { time: releaseAt && time(releaseAt), amount: money(reserve) });
}
