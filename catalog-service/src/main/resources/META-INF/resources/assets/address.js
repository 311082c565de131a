/** Where the goods go: asked once and remembered on this device, for each viewer apart. */
import { Form } from './form.js';
import { t } from './messages.js';
import { Dialog } from './parts.js';
import { recall, remember } from './store.js';
import { h } from './view.js';

/** As order-service takes them. */
const FIELDS = [
  { name: 'name', type: 'text', autocomplete: 'name', maxLength: 100, label: 'address.name', autofocus: true },
  { name: 'phone', type: 'tel', autocomplete: 'tel', maxLength: 30, label: 'address.phone' },
  { name: 'address', type: 'text', autocomplete: 'street-address', maxLength: 500, label: 'address.street' },
];

const key = viewer => `address.${viewer.subject}`;
export const addressOf = viewer => recall(key(viewer));
export const rememberAddress = (viewer, address) => remember(key(viewer), address);

export function AddressDialog({ address = {}, confirm, onSave, onClose }) {
  const fields = FIELDS.map(field => ({ ...field, label: t(field.label), value: address[field.name], required: true }));
  return h(
    Dialog,
    { title: t('address'), onClose },
    h(
      Form,
      { id: 'address', fields, buttons: [{ text: confirm, class: 'primary' }], onSubmit: onSave },
      h('p', { class: 'small muted' }, t('address.why')),
    ),
  );
}
