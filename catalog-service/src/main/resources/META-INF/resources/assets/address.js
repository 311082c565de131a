/** Where the goods go: asked once and remembered on this device, for each viewer apart. */
import { t } from './messages.js';
import { recall, remember } from './store.js';
import { Component, h } from './view.js';

/** As order-service takes them. */
const FIELDS = [
  { name: 'name', type: 'text', autocomplete: 'name', maxLength: 100, label: 'address.name' },
  { name: 'phone', type: 'tel', autocomplete: 'tel', maxLength: 30, label: 'address.phone' },
  { name: 'address', type: 'text', autocomplete: 'street-address', maxLength: 500, label: 'address.street' },
];

const key = viewer => `address.${viewer.subject}`;
export const addressOf = viewer => recall(key(viewer));
export const rememberAddress = (viewer, address) => remember(key(viewer), address);

/** Without control characters, which a paste may bring along. */
const clean = text => text.replace(/\p{Cc}+/gu, ' ').trim();

/** A modal dialog; the browser keeps the focus in it and gives it back. */
export class AddressDialog extends Component {
  componentDidMount() {
    this.dialog.showModal();
  }

  /** Gives the focus back. */
  componentWillUnmount() {
    this.dialog.close();
  }

  submit(event) {
    event.preventDefault();
    const form = new FormData(event.target);
    const address = Object.fromEntries(FIELDS.map(({ name }) => [name, clean(form.get(name))]));
    const empty = FIELDS.find(({ name }) => !address[name]);
    if (empty) {
      event.target.elements.namedItem(empty.name).focus();
    } else {
      this.props.onSave(address);
    }
  }

  render({ address = {}, confirm, onClose }) {
    return h(
      'dialog',
      { ref: dialog => (this.dialog = dialog), onClose, 'aria-labelledby': 'address-title', 'aria-describedby': 'address-why' },
      h(
        'form',
        { class: 'stack', onSubmit: event => this.submit(event) },
        h('h2', { id: 'address-title' }, t('address')),
        FIELDS.map(({ label, name, ...field }) =>
          h(
            'div',
            { class: 'field', key: name },
            h('label', { for: `address-${name}` }, t(label)),
            h('input', { ...field, name, id: `address-${name}`, required: true, defaultValue: address[name] ?? '' }),
          ),
        ),
        h('p', { class: 'small muted', id: 'address-why' }, t('address.why')),
        h(
          'div',
          { class: 'row' },
          h('button', { class: 'primary' }, confirm),
          h('button', { type: 'button', onClick: () => this.dialog.close() }, t('cancel')),
        ),
      ),
    );
  }
}
