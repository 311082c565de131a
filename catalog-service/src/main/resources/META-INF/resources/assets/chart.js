/** A chart of Chart.js, which a page loads as `Chart`: drawn anew when what it shows changes, and when the colours do. */
import { Component, h } from './view.js';

export const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/**
 * Nothing of it moves by itself or answers to a hand: what it shows is said in words, and stands in a table.
 *
 * @param settings a function that makes {type, data, scales, plugins} and any other option of the chart
 * @param draw puts into a chart's {data, options} what is to be seen now, in the colours of now
 * @param label what it shows, in words
 */
export class Chart extends Component {
  componentDidMount() {
    this.chart = new window.Chart(this.canvas, configuration(this.props.settings()));
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
    const { x, y } = this.chart.options.scales;
    x.grid.color = y.grid.color = colour('--line');
    x.ticks.color = y.ticks.color = colour('--muted');
    this.props.draw(this.chart);
    this.chart.update();
  }

  render({ label }) {
    return h('canvas', { ref: canvas => (this.canvas = canvas), role: 'img', 'aria-label': label });
  }
}

const configuration = ({ type, data, scales, plugins, ...options }) => ({
  type,
  data,
  options: {
    animation: false,
    events: [],
    maintainAspectRatio: false,
    font: { family: getComputedStyle(document.body).fontFamily },
    plugins: { legend: { display: false }, tooltip: { enabled: false }, ...plugins },
    scales,
    ...options,
  },
});
