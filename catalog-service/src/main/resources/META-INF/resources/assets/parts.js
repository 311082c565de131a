/** Parts of every page: text for those who listen, what went wrong, a dialog. */
import { t } from './messages.js';
import { Component, h } from './view.js';

export const hidden = text => h('span', { class: 'visually-hidden' }, text);

/** What went wrong, beside what caused it. */
export const Problem = ({ text }) => text && h('p', { class: 'problem', role: 'alert' }, text);

/**
 * Modal; the browser keeps the focus in it and gives it back.
 *
 * @param bare without a button to close it, where there is one to cancel
 */
export class Dialog extends Component {
  componentDidMount() {
    this.dialog.showModal();
  }

  /** Gives the focus back. The event of it comes late, and is no wish of the user's. */
  componentWillUnmount() {
    this.gone = true;
    this.dialog.close();
  }

  render({ title, bare, children, onClose }) {
    return h(
      'dialog',
      { ref: dialog => (this.dialog = dialog), onClose: () => this.gone || onClose(), 'aria-labelledby': 'dialog-title' },
      h('div', { class: 'stack' }, h('h2', { id: 'dialog-title', tabIndex: -1 }, title), children),
      !bare && h('button', { type: 'button', class: 'quiet leave', onClick: onClose }, t('close')),
    );
  }
}
