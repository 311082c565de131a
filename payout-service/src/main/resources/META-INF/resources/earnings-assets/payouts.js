/** Payouts, each with what happened to it. */
import { get } from '/assets/api.js';
import { Listed, Press } from '/assets/desk-parts.js';
import { Problem } from '/assets/parts.js';
import { money, time } from '/assets/format.js';
import { explain, t } from '/assets/messages.js';
import { Component, h } from '/assets/view.js';
import { why } from './reasons.js';

const TONES = { PENDING: '', HELD: 'warn', IN_TRANSIT: '', PAID: 'good', FAILED: 'bad', CANCELLED: 'bad' };

export function Payouts({ page: { payouts } }) {
  return h(
    'section',
    { id: 'payouts', class: 'card stack', 'aria-labelledby': 'payouts-title' },
    h('h2', { id: 'payouts-title', tabIndex: -1 }, t('payouts')),
    h(Listed, {
      listing: payouts,
      empty: t('payouts.none'),
      frame: items => h('ul', { class: 'choices' }, items.map(payout => h(Row, { key: payout.payoutId, payout }))),
    }),
  );
}

function Row({ payout }) {
  const { payoutId, amount, status, reason, accountKind, account, createdAt } = payout;
  const returned = status === 'FAILED' || status === 'CANCELLED';
  return h(
    'li',
    { class: 'stack', 'data-payout': payoutId, 'data-status': status },
    h(
      'div',
      { class: 'row spread' },
      h('h3', null, money(amount), ' ', h('span', { class: 'small muted' }, h('time', { dateTime: createdAt }, time(createdAt)))),
      h('span', { class: `badge ${TONES[status] ?? ''}` }, t(`payout.${status}`)),
    ),
    account && h('p', { class: 'small muted' }, `${t(`account.${accountKind}`)} ${account}`),
    reason && h('p', { class: 'small' }, why(reason)),
    returned && h('p', { class: 'small' }, t('payout.back')),
    h(Timeline, { payoutId }),
  );
}

/** Asked for when it is opened. */
class Timeline extends Component {
  constructor(props) {
    super(props);
    this.state = {};
  }

  async read() {
    const { timeline, failure } = await get(`/payouts/${this.props.payoutId}`).catch(problem => ({ failure: problem }));
    this.setState({ timeline, failure });
  }

  render(props, { timeline, failure }) {
    return h(
      'details',
      { onToggle: ({ target }) => target.open && this.read() },
      h('summary', null, t('payout.timeline')),
      !timeline && !failure && h('p', { class: 'muted' }, t('loading')),
      failure && h('div', { class: 'row' }, h(Problem, { text: explain(failure) }), h(Press, { text: t('again'), run: () => this.read() })),
      timeline && h('ul', { class: 'decisions small' }, timeline.map(step => h('li', { key: `${step.at}-${step.status}` }, told(step)))),
    );
  }
}

const told = ({ at, status, reason }) =>
  t(reason ? 'payout.step.why' : 'payout.step', { time: time(at), status: t(`payout.${status}`), reason: reason && why(reason) });
