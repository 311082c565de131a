/** Orders per second as a curve, and as a table for those who do not see it. Chart.js is loaded by the page as `Chart`. */
import { Chart, colour } from './chart.js';
import { WINDOW } from './desk-figures.js';
import { locale, now, number } from './format.js';
import { t } from './messages.js';
import { h } from './view.js';

const ROWS = 15;
const seconds = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const rounded = rate => number(Math.round(rate * 10) / 10);

export function OrderRate({ samples }) {
  const most = Math.max(0, ...samples.map(({ rate }) => rate));
  const label = t('chart.label', { now: rounded(samples.at(-1)?.rate ?? 0), most: rounded(most) });
  return h(
    'div',
    { class: 'stack' },
    window.Chart && h('div', { class: 'chart' }, h(Chart, { settings: SETTINGS, label, draw: chart => draw(chart, samples) })),
    h(
      'details',
      null,
      h('summary', null, t('chart.table')),
      h(
        'table',
        null,
        h('thead', null, h('tr', null, h('th', { scope: 'col' }, t('chart.time')), h('th', { scope: 'col', class: 'number' }, t('figures.rate')))),
        h(
          'tbody',
          null,
          samples
            .slice(-ROWS)
            .reverse()
            .map(({ at, rate }) =>
              h('tr', { key: at }, h('th', { scope: 'row' }, seconds.format(at)), h('td', { class: 'number' }, rounded(rate))),
            ),
        ),
      ),
    ),
  );
}

/** The last two minutes up to now. */
function draw({ data, options }, samples) {
  const [curve] = data.datasets;
  const { x } = options.scales;
  curve.data = samples.map(({ at, rate }) => ({ x: at, y: rate }));
  curve.borderColor = colour('--accent');
  curve.backgroundColor = colour('--accent-soft');
  x.max = now();
  x.min = x.max - WINDOW;
}

const SETTINGS = () => ({
  type: 'line',
  data: { datasets: [{ data: [], borderWidth: 2, pointRadius: 0, fill: true, tension: 0.2 }] },
  parsing: false,
  scales: {
    x: {
      type: 'linear',
      grid: {},
      ticks: { stepSize: 30_000, maxRotation: 0, includeBounds: false, callback: at => seconds.format(at) },
    },
    y: { beginAtZero: true, suggestedMax: 5, grid: {}, ticks: { precision: 0, maxTicksLimit: 5, callback: rate => number(rate) } },
  },
});
