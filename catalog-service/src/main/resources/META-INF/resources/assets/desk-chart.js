/** Orders per second as a curve, and as a table for those who do not see it. Chart.js is loaded by the page as `Chart`. */
import { WINDOW } from './desk-figures.js';
import { locale, now, number } from './format.js';
import { t } from './messages.js';
import { Component, h } from './view.js';

const ROWS = 15;
const seconds = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const rounded = rate => number(Math.round(rate * 10) / 10);
const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

export function OrderRate({ samples }) {
  const most = Math.max(0, ...samples.map(({ rate }) => rate));
  const label = t('chart.label', { now: rounded(samples.at(-1)?.rate ?? 0), most: rounded(most) });
  return h(
    'div',
    { class: 'stack' },
    window.Chart && h('div', { class: 'chart' }, h(Curve, { samples, label })),
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

class Curve extends Component {
  componentDidMount() {
    this.chart = new window.Chart(this.canvas, SETTINGS());
    this.dark = matchMedia('(prefers-color-scheme: dark)');
    this.repaint = () => this.draw();
    this.dark.addEventListener('change', this.repaint);
    this.draw();
  }

  componentDidUpdate() {
    this.draw();
  }

  componentWillUnmount() {
    this.dark.removeEventListener('change', this.repaint);
    this.chart.destroy();
  }

  draw() {
    const { data, options } = this.chart;
    const [curve] = data.datasets;
    const { x, y } = options.scales;
    curve.data = this.props.samples.map(({ at, rate }) => ({ x: at, y: rate }));
    curve.borderColor = colour('--accent');
    curve.backgroundColor = colour('--accent-soft');
    x.max = now();
    x.min = x.max - WINDOW;
    x.grid.color = y.grid.color = colour('--line');
    x.ticks.color = y.ticks.color = colour('--muted');
    this.chart.update();
  }

  render({ label }) {
    return h('canvas', { ref: canvas => (this.canvas = canvas), role: 'img', 'aria-label': label });
  }
}

/** Nothing of it moves by itself: a new curve each second is movement enough. */
const SETTINGS = () => ({
  type: 'line',
  data: { datasets: [{ data: [], borderWidth: 2, pointRadius: 0, fill: true, tension: 0.2 }] },
  options: {
    animation: false,
    events: [],
    maintainAspectRatio: false,
    parsing: false,
    font: { family: getComputedStyle(document.body).fontFamily },
    plugins: { legend: { display: false }, tooltip: { enabled: false } },
    scales: {
      x: {
        type: 'linear',
        grid: {},
        ticks: { stepSize: 30_000, maxRotation: 0, includeBounds: false, callback: at => seconds.format(at) },
      },
      y: { beginAtZero: true, suggestedMax: 5, grid: {}, ticks: { precision: 0, maxTicksLimit: 5, callback: rate => number(rate) } },
    },
  },
});
