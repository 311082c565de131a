/** The creator's sessions, and the form for another. */
import { Listed } from './desk-parts.js';
import { Form, instant } from './form.js';
import { time } from './format.js';
import { t } from './messages.js';
import { h } from './view.js';

export function SessionList({ page: { sessions } }) {
  return h(
    'section',
    { class: 'stack', 'aria-labelledby': 'sessions-title' },
    h('h2', { id: 'sessions-title', tabIndex: -1 }, t('sessions')),
    h(Listed, {
      listing: sessions,
      empty: t('sessions.none'),
      frame: items => h('ul', { class: 'stack list' }, items.map(session => h(Row, { key: session.sessionId, session }))),
    }),
  );
}

/** Where a session is run. */
export const addressOf = ({ sessionId }) => `/me/sessions?session=${sessionId}`;

function Row({ session }) {
  const { sessionId, title, status } = session;
  return h(
    'li',
    { class: 'card row spread', 'data-session': sessionId, 'data-status': status },
    h(
      'div',
      null,
      h('h3', null, h('a', { class: 'target', href: addressOf(session) }, title)),
      h('p', { class: 'small muted' }, when(session)),
    ),
    h(Status, { status }),
  );
}

export const Status = ({ status }) => h('span', { class: `badge ${status === 'LIVE' ? 'live' : ''}` }, t(`state.${status}`));

/** The time that matters most now. */
export function when({ startsAt, startedAt, endedAt, status }) {
  if (status === 'ENDED') {
    return t('session.over', { time: time(endedAt) });
  }
  if (status === 'LIVE') {
    return t('session.started', { time: time(startedAt) });
  }
  return startsAt && t('session.startsAt', { time: time(startsAt) });
}

export function NewSession({ act, first }) {
  return h(
    'details',
    { class: 'card', open: first || undefined },
    h('summary', null, h('h2', null, t('session.new'))),
    h(Form, {
      id: 'session',
      fields: [
        { name: 'title', label: t('session.title'), required: true, maxLength: 200 },
        { name: 'startsAt', label: t('session.start.at'), hint: t('session.start.at.hint'), type: 'datetime-local', read: instant },
        {
          name: 'streamUrl',
          label: t('session.streamUrl'),
          hint: t('session.streamUrl.hint'),
          wrong: t('session.streamUrl.wrong'),
          type: 'url',
          inputMode: 'url',
          maxLength: 2000,
          pattern: 'https?://.+',
        },
      ],
      buttons: [{ text: t('session.create'), class: 'primary' }],
      unsure: t('problem.unsure'),
      onSubmit: act.schedule,
    }),
  );
}
