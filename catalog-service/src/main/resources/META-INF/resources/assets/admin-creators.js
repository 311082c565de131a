/** Creators: those who wait for a decision, any others that are looked for, and the decision itself. */
import { Listed } from './desk-parts.js';
import { Decisions, Verification, countyName } from './desk-profile.js';
import { Form } from './form.js';
import { t } from './messages.js';
import { Dialog, hidden } from './parts.js';
import { h } from './view.js';

const STATES = ['PENDING', 'VERIFIED', 'REJECTED'];

export function Queue({ page, act }) {
  return h(
    'section',
    { id: 'queue', class: 'card stack', 'aria-labelledby': 'queue-title' },
    h('h2', { id: 'queue-title', tabIndex: -1 }, t('queue')),
    h(Listed, { listing: page.queue, empty: t('queue.none'), frame: items => h(Creators, { items, page, act }) }),
  );
}

export function CreatorSearch({ page, act }) {
  return h(
    'section',
    { id: 'creators', class: 'card stack', 'aria-labelledby': 'creators-title' },
    h('h2', { id: 'creators-title', tabIndex: -1 }, t('creators.find')),
    h(Form, {
      id: 'find',
      keep: true,
      fields: [
        { name: 'q', label: t('creators.name'), type: 'search', maxLength: 100 },
        {
          name: 'verification',
          label: t('creators.status'),
          value: '',
          options: [['', t('creators.any')], ...STATES.map(status => [status, t(`creator.${status}`)])],
        },
      ],
      buttons: [{ text: t('search') }],
      onSubmit: act.search,
    }),
    (page.found.items || page.found.failure) &&
      h(Listed, { listing: page.found, empty: t('creators.none'), frame: items => h(Creators, { items, page, act }) }),
  );
}

const Creators = ({ items, page, act }) =>
  h('ul', { class: 'choices' }, items.map(creator => h(Row, { key: creator.creatorId, creator, page, act })));

function Row({ creator, page, act }) {
  const { creatorId, displayName, homeCounty, verification, verificationReason } = creator;
  return h(
    'li',
    { class: 'row spread', 'data-creator': creatorId, 'data-verification': verification },
    h(
      'div',
      null,
      h('h3', { tabIndex: -1 }, displayName),
      h('p', { class: 'small muted terms' }, h('span', null, creatorId), homeCounty && h('span', null, countyName(page.counties, homeCounty))),
      verificationReason && h('p', { class: 'small' }, verificationReason),
    ),
    h(
      'div',
      { class: 'row' },
      h(Verification, { status: verification }),
      h('button', { type: 'button', onClick: () => act.consider(creator) }, t('creator.decide'), hidden(` ${displayName}`)),
    ),
  );
}

export function CreatorDialog({ page: { deciding, counties }, act }) {
  const { creator, history } = deciding;
  return h(
    Dialog,
    { title: t('creator.about', { name: creator.displayName }), onClose: act.close },
    h('p', { class: 'row' }, h(Verification, { status: creator.verification }), h('span', { class: 'muted' }, countyName(counties, creator.homeCounty))),
    h(Form, {
      id: 'decision',
      fields: [{ name: 'reason', label: t('creator.why'), hint: t('creator.why.hint'), required: true, maxLength: 500, rows: 3 }],
      buttons: [
        { text: t('creator.verify'), value: 'VERIFIED', class: 'primary' },
        { text: t('creator.reject'), value: 'REJECTED', class: 'danger' },
      ],
      onSubmit: act.decide,
    }),
    h('h3', null, t('creator.history')),
    history && h(Listed, { listing: history, empty: t('creator.history.none'), frame: decisions => h(Decisions, { decisions }) }),
  );
}
