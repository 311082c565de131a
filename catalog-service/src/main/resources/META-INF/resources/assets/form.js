/** Forms: fields from a list, mistakes told beside them in the page's language, one sending at a time. */
import { explain, t } from './messages.js';
import { Problem } from './parts.js';
import { Component, h } from './view.js';

/**
 * @param id unique on the page; a field's is `<id>-<name>`
 * @param fields [{name, label, hint?, wrong?, read?, options?, ...attributes}]: `read` makes the value out of the text that
 *     was typed, or undefined of what it cannot read, and `wrong` then says what is; `check` answers what is wrong with what
 *     was read; `options` are [value, text] of a select; the attribute `rows` makes a textarea
 * @param buttons [{text, value?, class?}]
 * @param onSubmit a function, async or not, of {name: value}, without what was left empty, and of the pressed button's value; it
 *     throws what went wrong
 * @param keep leaves what was entered, as for a search
 * @param unsure what to say when no answer came to something that must not be repeated blindly
 */
export class Form extends Component {
  constructor(props) {
    super(props);
    this.state = { errors: {} };
  }

  async submit(event) {
    event.preventDefault();
    if (this.state.busy) {
      return;
    }
    const form = event.target;
    const { values, errors } = entered(form, this.props.fields);
    if (Object.keys(errors).length) {
      this.tell(form, { errors, problem: undefined });
      return;
    }
    this.setState({ busy: true, errors: {}, problem: undefined });
    try {
      await this.props.onSubmit(values, event.submitter?.value);
      this.props.keep || form.reset();
      this.setState({ busy: false });
    } catch (failure) {
      this.tell(form, { busy: false, ...this.said(failure) });
    }
  }

  tell(form, state) {
    this.setState(state, () => form.querySelector('[aria-invalid="true"]')?.focus());
  }

  /** A refusal names the field by its path in the request: price.amount. */
  said(failure) {
    const mine = failure.violations
      ?.map(({ field, message }) => [field.split('.')[0], t('field.refused', { detail: message })])
      .filter(([name]) => this.props.fields.some(field => field.name === name));
    if (mine?.length) {
      return { errors: Object.fromEntries(mine), problem: undefined };
    }
    return { problem: failure.status ? explain(failure) : (this.props.unsure ?? explain(failure)) };
  }

  render({ id, fields, buttons, keep, children }, { busy, errors, problem }) {
    return h(
      'form',
      { id, class: keep ? 'search' : 'stack', noValidate: true, onSubmit: event => this.submit(event) },
      children,
      fields.map(field => h(Field, { key: field.name, ...field, optional: !keep && !field.required, id: `${id}-${field.name}`, error: errors[field.name] })),
      h(Problem, { text: problem }),
      h(
        'div',
        { class: 'row' },
        buttons.map(({ text, ...button }) => h('button', { key: text, ...button, 'aria-disabled': !!busy }, text)),
      ),
    );
  }
}

function Field({ id, label, hint, error, optional, options, read, check, wrong, value, ...attributes }) {
  const said = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || undefined;
  const input = { ...attributes, id, 'aria-describedby': said, 'aria-invalid': error ? 'true' : undefined };
  const ticked = attributes.type === 'checkbox';
  const name = h('label', { for: id }, label, optional && !ticked && h('span', { class: 'muted' }, ` ${t('optional')}`));
  return h(
    'div',
    { class: ticked ? 'row' : 'field' },
    !ticked && name,
    control(input, options, value),
    ticked && name,
    hint && h('p', { class: 'hint', id: `${id}-hint` }, hint),
    error && h('p', { class: 'problem', id: `${id}-error` }, error),
  );
}

function control(input, options, value) {
  if (options) {
    return h(
      'select',
      input,
      options.map(([key, text]) => h('option', { key, value: key, defaultSelected: key === value }, text)),
    );
  }
  if (input.type === 'checkbox') {
    return h('input', { ...input, defaultChecked: value });
  }
  return h(input.rows ? 'textarea' : 'input', { ...input, defaultValue: value ?? '' });
}

/** {values, errors}, both by the fields' names. */
function entered(form, fields) {
  const values = {};
  const errors = {};
  for (const field of fields) {
    const input = form.elements.namedItem(field.name);
    const text = clean(input);
    const value = input.type === 'checkbox' ? input.checked : text && (field.read ?? String)(text);
    const error = mistake(field, input, text, value);
    if (error) {
      errors[field.name] = error;
    } else if (value !== '') {
      values[field.name] = value;
    }
  }
  return { values, errors };
}

function mistake({ required, check, wrong = t('field.wrong') }, { validity }, text, value) {
  if (required && !text && !validity.badInput) {
    return t('field.missing');
  }
  return value === undefined || !validity.valid ? wrong : check?.(value);
}

/** Without control characters, which a paste may bring along, but for the lines of a text of several. */
const clean = ({ tagName, value }) =>
  (tagName === 'TEXTAREA' ? value.replace(/[^\P{Cc}\n]+/gu, ' ') : value.replace(/\p{Cc}+/gu, ' ')).trim();

/** A whole number from 1 on, as it is typed. */
export function count(text) {
  const digits = text.normalize('NFKC').replaceAll(',', '');
  return /^[1-9]\d{0,8}$/.test(digits) ? Number(digits) : undefined;
}

/** The time of a datetime-local input, which goes by this device's clock. */
export function instant(text) {
  const at = new Date(text);
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString();
}
