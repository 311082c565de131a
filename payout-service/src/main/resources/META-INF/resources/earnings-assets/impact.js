/** What the platform did for those who earn on it, in a time that is chosen. */
import { get } from '/assets/api.js';
import { Form } from '/assets/form.js';
import { Press } from '/assets/desk-parts.js';
import { Problem } from '/assets/parts.js';
import { board } from '/assets/board.js';
import { allCounties, enter } from '/assets/desk.js';
import { explain, t } from '/assets/messages.js';
import { Fragment, h } from '/assets/view.js';
import { daysBefore, today, zone } from './days.js';
import { download } from './download.js';
import { ByCounty, ByDay, Programmes, Totals } from './impact-parts.js';
import { Sessions, SHOWN } from './impact-sessions.js';
import './texts.js';

const USUAL_DAYS = 30;
/** In milliseconds: a year's report may take the database half a minute and more. */
const PATIENCE = 100_000;

const root = document.getElementById('desk');
const page = { report: undefined, counties: {}, programmes: {}, titles: {}, creators: {}, shown: SHOWN };
const change = board(root, Page, page);

function Page() {
  const { report } = page;
  return h(
    Fragment,
    null,
    h(
      'div',
      { class: 'stack desk' },
      h(
        'div',
        { class: 'row spread' },
        h('h1', { tabIndex: -1 }, t('desk.impact')),
        h('a', { class: 'target', href: '/impact/audit' }, t('desk.audit')),
      ),
      h(PeriodForm),
      !report && h('p', { class: 'muted' }, t('loading')),
      report?.failure && h('div', { class: 'row' }, h(Problem, { text: explain(report.failure) }), h(Press, { text: t('again'), run: () => read(page.period) })),
      report?.earners &&
        h(
          Fragment,
          null,
          h('div', { class: 'row' }, h(Press, { text: t('csv'), run: () => download(`/reports/impact?${new URLSearchParams(page.period)}`) })),
          h(Totals, { report }),
          h(ByDay, { report }),
          h(ByCounty, { report, counties: page.counties }),
          h(Programmes, { report, names: page.programmes }),
          h(Sessions, { report, page, more: () => show(page.shown + SHOWN) }),
        ),
    ),
    h('p', { class: 'visually-hidden', role: 'status' }, page.news),
  );
}

function PeriodForm() {
  const { from, to } = page.period;
  return h(
    'section',
    { class: 'card stack', 'aria-label': t('impact.period') },
    h(Form, {
      id: 'period',
      keep: true,
      fields: [
        { name: 'from', label: t('impact.from'), type: 'date', value: from, required: true, max: today() },
        { name: 'to', label: t('impact.to'), type: 'date', value: to, required: true, max: today() },
      ],
      buttons: [{ text: t('impact.show'), class: 'primary' }],
      onSubmit: read,
    }),
    h('p', { class: 'small muted' }, t('days.explained', { zone })),
  );
}

/** What was asked for stays in the address, to be passed on. A refusal goes to the form, which knows its fields. */
async function read({ from, to }) {
  if (to < from) {
    throw { violations: [{ field: 'to', message: t('impact.order') }] };
  }
  const period = { from, to };
  change({ asked: period, news: t('loading') });
  const patience = { signal: AbortSignal.timeout(PATIENCE) };
  const report = await get(`/reports/impact?${new URLSearchParams(period)}`, patience).catch(failure => {
    if (failure.violations?.length) {
      change({ news: '' });
      throw failure;
    }
    return { failure };
  });
  // Of two answers that cross the one is shown that was asked for last.
  if (page.asked !== period) {
    return;
  }
  history.replaceState(null, '', `?${new URLSearchParams(period)}`);
  change({ period, report, news: report.failure ? '' : t('impact.shown') });
  show(SHOWN);
}

/** The names of what is shown, each asked for once; without them ids have to do. */
function show(shown) {
  change({ shown });
  const sessions = page.report.sessions?.slice(0, shown) ?? [];
  sessions.forEach(({ sessionId }) => learn('titles', sessionId, `/sessions/${sessionId}`, ({ title }) => title));
  sessions.forEach(({ creatorId }) =>
    learn('creators', creatorId, `/creators/${encodeURIComponent(creatorId)}`, ({ displayName }) => displayName),
  );
}

async function learn(names, id, path, name) {
  if (!(id in page[names])) {
    page[names][id] = undefined;
    page[names][id] = await get(path).then(name, () => undefined);
    change();
  }
}

enter(
  root,
  'impact',
  () => {
    const asked = new URLSearchParams(location.search);
    const period = { from: asked.get('from') ?? daysBefore(today(), USUAL_DAYS), to: asked.get('to') ?? today() };
    change({ period });
    read(period).catch(failure => change({ report: { failure } }));
    allCounties().then(counties => change({ counties }), () => {});
    get('/fee-programmes?limit=200').then(
      ({ items }) => change({ programmes: Object.fromEntries(items.map(({ programmeId, name }) => [programmeId, name])) }),
      () => {},
    );
  },
  ['operator'],
);
