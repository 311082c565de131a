/** The report's sums: in total, by day, by county, by fee programme. */
import { figure } from '/assets/desk-parts.js';
import { money, number } from '/assets/format.js';
import { t } from '/assets/messages.js';
import { Fragment, h } from '/assets/view.js';
import { Bars } from './bars.js';
import { daysFrom, longDay, shortDay } from './days.js';

/** As many as can be read one below the other. */
const DRAWN = 12;

const SERIES = () => [t('impact.sellers'), t('impact.creators')];
const amounts = line => [line?.sellerIncome.amount ?? 0, line?.creatorIncome.amount ?? 0];
const income = ({ amounts: [seller, creator] }) => seller + creator;

export function Totals({ report: { earners, totals } }) {
  return h(
    'section',
    { id: 'totals', class: 'card stack', 'aria-labelledby': 'totals-title' },
    h('h2', { id: 'totals-title', tabIndex: -1 }, t('impact.totals')),
    h('dl', { class: 'figures' }, figure('earners', earners.total), figure('designated', earners.designated)),
    totals.map(line =>
      h(
        'dl',
        { class: 'figures', key: line.currency, 'data-currency': line.currency },
        figure('gross', money(line.gross)),
        figure('sellerIncome', money(line.sellerIncome)),
        figure('creatorIncome', money(line.creatorIncome)),
        figure('fees', money(line.fees)),
        figure('waived', money(line.waived)),
        figure('orders', line.orders),
        figure('units', line.units),
      ),
    ),
  );
}

/** One chart for each currency there is, for amounts of two have nothing to do with each other. */
function Charts({ id, title, lines, chart }) {
  const currencies = [...new Set(lines.map(({ currency }) => currency))];
  return h(
    'section',
    { id, class: 'card stack', 'aria-labelledby': `${id}-title` },
    h('h2', { id: `${id}-title`, tabIndex: -1 }, title),
    !currencies.length && h('p', { class: 'muted' }, t('impact.none')),
    currencies.map(currency =>
      h(
        'div',
        { class: 'stack', key: currency, 'data-currency': currency },
        chart(
          currency,
          lines.filter(line => line.currency === currency),
        ),
      ),
    ),
  );
}

export function ByDay({ report: { from, to, byDay } }) {
  return h(Charts, {
    id: 'by-day',
    title: t('impact.byDay'),
    lines: byDay,
    chart: (currency, lines) => {
      const known = new Map(lines.map(line => [line.day, line]));
      const rows = daysFrom(from, to).map(day => ({
        key: day,
        name: longDay(day),
        short: shortDay(day),
        sales: known.get(day)?.orders ?? 0,
        amounts: amounts(known.get(day)),
      }));
      const most = money({ amount: Math.max(...rows.map(income)), currency });
      const label = t('impact.byDay.label', { from: longDay(from), to: longDay(to), most });
      return h(Fragment, null, h('p', null, label), h(Bars, { label, rows, series: SERIES(), currency, head: t('day') }));
    },
  });
}

export function ByCounty({ report: { byCounty }, counties }) {
  return h(Charts, {
    id: 'by-county',
    title: t('impact.byCounty'),
    lines: byCounty,
    chart: (currency, lines) => {
      const rows = lines
        .map(line => ({
          key: `${line.county ?? ''}-${line.designated}`,
          name: nameOf(line, counties),
          short: counties[line.county]?.name,
          sales: line.orders,
          amounts: amounts(line),
        }))
        .sort((one, other) => income(other) - income(one));
      const label = t('impact.byCounty.label', { name: rows[0].name, most: money({ amount: income(rows[0]), currency }) });
      return h(
        Fragment,
        null,
        h('p', null, label),
        rows.length > DRAWN && h('p', { class: 'small muted' }, t('impact.byCounty.first', { count: number(DRAWN) })),
        h(Bars, { label, rows, drawn: rows.slice(0, DRAWN), series: SERIES(), currency, lying: true, head: t('county') }),
      );
    },
  });
}

function nameOf({ county, designated }, counties) {
  const name = county ? (counties[county] ? t('county.name', counties[county]) : county) : t('impact.county.none');
  return designated ? `${name} · ${t('county.designated')}` : name;
}

export function Programmes({ report: { waivedByProgramme }, names }) {
  return h(
    'section',
    { id: 'programmes', class: 'card stack', 'aria-labelledby': 'programmes-title' },
    h('h2', { id: 'programmes-title', tabIndex: -1 }, t('impact.programmes')),
    waivedByProgramme.length ? h(ProgrammeTable, { lines: waivedByProgramme, names }) : h('p', { class: 'muted' }, t('impact.programmes.none')),
  );
}

function ProgrammeTable({ lines, names }) {
  return h(
    'table',
    null,
    h(
      'thead',
      null,
      h(
        'tr',
        null,
        h('th', { scope: 'col' }, t('impact.programme')),
        h('th', { scope: 'col', class: 'number' }, t('impact.orders')),
        h('th', { scope: 'col', class: 'number' }, t('impact.waived')),
      ),
    ),
    h(
      'tbody',
      null,
      lines.map(({ programmeId, currency, orders, waived }) =>
        h(
          'tr',
          { key: `${programmeId}-${currency}`, 'data-programme': programmeId },
          h('th', { scope: 'row' }, names[programmeId] ?? programmeId),
          h('td', { class: 'number' }, number(orders)),
          h('td', { class: 'number' }, money(waived)),
        ),
      ),
    ),
  );
}
