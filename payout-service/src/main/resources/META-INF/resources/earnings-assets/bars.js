/** Amounts of money as bars, stacked where there are several, and as a table for those who do not see them. */
import { Chart, colour } from '/assets/chart.js';
import { money, number } from '/assets/format.js';
import { t } from '/assets/messages.js';
import { Fragment, h } from '/assets/view.js';
import './texts.js';

const COLOURS = ['--accent', '--price'];

/**
 * @param label what the bars show, in words
 * @param rows [{key, name, short?, sales, amounts}]: one bar each, its amounts in minor units, in the order of the series
 * @param drawn those of the rows that are drawn; all unless said
 * @param series what the amounts are; one without a name needs no legend
 * @param lying bars lie one below the other, which leaves room for names
 * @param head the name of what the rows are by
 */
export function Bars({ label, rows, drawn = rows, series, currency, lying = false, head }) {
  return h(
    Fragment,
    null,
    window.Chart &&
      h(
        'div',
        { class: `chart ${lying ? 'tall' : ''}` },
        h(Chart, { settings: () => settings(series, currency, lying), label, draw: chart => draw(chart, drawn, series) }),
      ),
    h('details', null, h('summary', null, t('table')), h(Table, { rows, series, currency, head })),
  );
}

function draw({ data, options }, rows, series) {
  data.labels = rows.map(({ name, short }) => short ?? name);
  data.datasets.forEach((dataset, index) => {
    dataset.data = rows.map(({ amounts }) => amounts[index]);
    dataset.backgroundColor = colour(COLOURS[index]);
  });
  if (series.length > 1) {
    options.plugins.legend.labels.color = colour('--ink');
  }
}

function settings(series, currency, lying) {
  const names = { stacked: true, grid: { display: !lying }, ticks: { maxRotation: 0, autoSkipPadding: 12 } };
  const amounts = {
    stacked: true,
    beginAtZero: true,
    grid: {},
    ticks: { maxRotation: 0, maxTicksLimit: 5, callback: amount => money({ amount, currency }) },
  };
  return {
    type: 'bar',
    data: { labels: [], datasets: series.map(name => ({ label: name, data: [], maxBarThickness: 40 })) },
    indexAxis: lying ? 'y' : 'x',
    plugins: series.length > 1 ? { legend: { display: true, labels: {} } } : {},
    scales: lying ? { x: amounts, y: names } : { x: names, y: amounts },
  };
}

function Table({ rows, series, currency, head }) {
  const names = series.length > 1 ? series : [t('amount')];
  return h(
    'div',
    { class: 'scroll', tabIndex: 0, role: 'region', 'aria-label': head },
    h(
      'table',
      null,
      h(
        'thead',
        null,
        h(
          'tr',
          null,
          h('th', { scope: 'col' }, head),
          h('th', { scope: 'col', class: 'number' }, t('sales')),
          names.map(name => h('th', { scope: 'col', class: 'number', key: name }, name)),
        ),
      ),
      h(
        'tbody',
        null,
        rows.map(({ key, name, sales, amounts }) =>
          h(
            'tr',
            { key, 'data-row': key },
            h('th', { scope: 'row' }, name),
            h('td', { class: 'number' }, number(sales)),
            amounts.map((amount, index) => h('td', { class: 'number', key: index }, money({ amount, currency }))),
          ),
        ),
      ),
    ),
  );
}
