/** Parts of all desks: a button that tells beside it what went wrong, a figure, a list that can be continued. */
import { number } from './format.js';
import { explain, t } from './messages.js';
import { Dialog, hidden, Problem } from './parts.js';
import { Component, Fragment, h } from './view.js';

/** One of a list of figures; of what nobody knows, a dash. */
export const figure = (name, value = t('none')) =>
  h(
    'div',
    { 'data-figure': name, key: name },
    h('dt', null, t(`figures.${name}`)),
    h('dd', null, typeof value === 'number' ? number(value) : value),
  );

/**
 * A button that does something once at a time.
 *
 * @param about what it is done to; said, not shown, since it stands beside it
 * @param run an async function that throws what went wrong
 * @param sure {title, text, yes}: asked for before what cannot be undone
 */
export class Press extends Component {
  constructor(props) {
    super(props);
    this.state = {};
  }

  async press() {
    if (this.state.busy) {
      return;
    }
    this.setState({ busy: true, problem: undefined });
    try {
      await this.props.run();
      this.setState({ busy: false, asking: false });
    } catch (failure) {
      this.setState({ busy: false, problem: explain(failure) });
    }
  }

  render({ text, about, tone = '', sure }, { asking, busy, problem }) {
    return h(
      Fragment,
      null,
      h(
        'button',
        {
          type: 'button',
          class: tone,
          'aria-disabled': !!busy,
          onClick: () => (sure ? this.setState({ asking: true, problem: undefined }) : this.press()),
        },
        text,
        about && hidden(` ${about}`),
      ),
      !asking && h(Problem, { text: problem }),
      asking &&
        h(
          Dialog,
          { title: sure.title, bare: true, onClose: () => this.setState({ asking: false }) },
          h('p', null, sure.text),
          h(Problem, { text: problem }),
          h(
            'div',
            { class: 'row' },
            h('button', { type: 'button', 'aria-disabled': !!busy, class: 'danger', onClick: () => this.press() }, sure.yes),
            h('button', { type: 'button', autofocus: true, onClick: () => this.setState({ asking: false }) }, t('cancel')),
          ),
        ),
    );
  }
}

/**
 * A Listing with what there is to say while it is not there.
 *
 * @param frame makes the view of its items
 * @param empty said when there are none
 */
export function Listed({ listing, frame, empty }) {
  const { failure, items, nextCursor } = listing;
  if (failure) {
    return h(
      'div',
      { class: 'row' },
      h(Problem, { text: explain(failure) }),
      h(Press, { text: t('again'), run: () => listing.load() }),
    );
  }
  if (!items) {
    return h('p', { class: 'muted' }, t('loading'));
  }
  return h(
    Fragment,
    null,
    items.length ? frame(items) : h('p', { class: 'muted' }, empty),
    nextCursor && h('p', null, h(Press, { text: t('more'), run: () => listing.more() })),
  );
}
