/** What stands around the offers: the video with its session, the viewer's address, and what went wrong. */
import { time } from './format.js';
import { t } from './messages.js';
import { Player } from './player.js';
import { h } from './view.js';

export function Stage({ page: { missing, session }, title, creator }) {
  const status = session?.status;
  return h(
    'section',
    { class: 'stage', 'aria-labelledby': 'title', 'data-status': status },
    h(
      'div',
      { class: 'screen' },
      h(Player, { streamUrl: status === 'LIVE' ? session.streamUrl : undefined, label: t('video.label', { title }) }),
      status && h('span', { class: `badge ${status === 'LIVE' ? 'live' : ''}` }, t(`session.${status}`)),
    ),
    h('h1', { id: 'title', tabIndex: -1 }, session?.title ?? title),
    creator && h('p', { class: 'muted' }, t('session.by', { name: creator })),
    missing && h('p', { class: 'notice' }, t('session.missing')),
    status === 'SCHEDULED' &&
      h('p', { class: 'notice' }, session.startsAt && h('strong', null, t('session.startsAt', { time: time(session.startsAt) }), ' '), t('session.scheduled')),
    status === 'ENDED' && h('p', { class: 'notice' }, t('session.ended'), ' ', h('a', { href: '/' }, t('session.others'))),
  );
}

export function Address({ address, act }) {
  return h(
    'p',
    { class: 'row spread small muted address' },
    h('span', null, t('address.to', address)),
    h('button', { type: 'button', class: 'quiet', onClick: act.changeAddress }, t('address.change')),
  );
}

export function Alert({ text, act }) {
  return h(
    'div',
    { class: 'toast notice bad row spread' },
    h('p', null, text),
    h('button', { type: 'button', class: 'quiet', onClick: act.close }, t('close')),
  );
}
