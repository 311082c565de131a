/** Counties: where goods and creators come from, and which of them are designated. */
import { Press } from './desk-parts.js';
import { Form } from './form.js';
import { explain, t } from './messages.js';
import { Dialog, hidden, Problem } from './parts.js';
import { h } from './view.js';

export function Counties({ page: { counties, countiesFailure }, act }) {
  return h(
    'section',
    { id: 'counties', class: 'card stack', 'aria-labelledby': 'counties-title' },
    h(
      'div',
      { class: 'row spread' },
      h('h2', { id: 'counties-title', tabIndex: -1 }, t('counties')),
      h('button', { type: 'button', onClick: () => act.edit() }, t('county.add')),
    ),
    countiesFailure && h('div', { class: 'row' }, h(Problem, { text: explain(countiesFailure) }), h(Press, { text: t('again'), run: act.readCounties })),
    !counties && !countiesFailure && h('p', { class: 'muted' }, t('loading')),
    counties && h(Table, { counties: Object.values(counties), act }),
  );
}

/** Objects put keys that are numbers first and in their order; counties come by their codes as text. */
function Table({ counties, act }) {
  if (!counties.length) {
    return h('p', { class: 'muted' }, t('counties.none'));
  }
  return h(
    'table',
    null,
    h(
      'thead',
      null,
      h(
        'tr',
        null,
        h('th', { scope: 'col' }, t('county')),
        h('th', { scope: 'col' }, t('county.designated')),
        h('th', { scope: 'col' }, hidden(t('change'))),
      ),
    ),
    h(
      'tbody',
      null,
      counties
        .sort((one, other) => (one.code < other.code ? -1 : 1))
        .map(county => h(Row, { key: county.code, county, act })),
    ),
  );
}

function Row({ county, act }) {
  const { code, designated } = county;
  return h(
    'tr',
    { 'data-county': code },
    h('th', { scope: 'row' }, t('county.name', county), h('p', { class: 'small muted' }, code)),
    h(
      'td',
      null,
      h('span', { class: `badge ${designated ? 'good' : ''}` }, t(designated ? 'yes' : 'no')),
    ),
    h('td', { class: 'end' }, h('button', { type: 'button', onClick: () => act.edit(county) }, t('change'), hidden(` ${county.name}`))),
  );
}

export function CountyDialog({ page: { editing, counties = {} }, act }) {
  const { county } = editing;
  const code = {
    name: 'code',
    label: t('county.code'),
    hint: t('county.code.hint'),
    wrong: t('county.code.wrong'),
    required: true,
    maxLength: 32,
    pattern: '[A-Za-z0-9][A-Za-z0-9._\\-]*',
    autocomplete: 'off',
    check: text => counties[text] && t('county.taken', { name: counties[text].name }),
  };
  return h(
    Dialog,
    { title: county ? t('county.about', county) : t('county.add'), onClose: act.close },
    h(Form, {
      id: 'county',
      fields: [
        ...(county ? [] : [code]),
        { name: 'name', label: t('county.title'), value: county?.name, required: true, maxLength: 100 },
        { name: 'province', label: t('county.province'), value: county?.province, required: true, maxLength: 100 },
        { name: 'designated', label: t('county.designated'), value: county?.designated, type: 'checkbox' },
      ],
      buttons: [{ text: t('save'), class: 'primary' }],
      onSubmit: act.saveCounty,
    }),
  );
}
