/** What stands where on the stream page: the video with its session, and all the rest around it. */
import { AddressDialog, addressOf } from './address.js';
import { time } from './format.js';
import { t } from './messages.js';
import { Gifts, Pinned, Products } from './offers.js';
import { OrderPanel } from './order-panel.js';
import { Player } from './player.js';
import { placed } from './sale.js';
import { Fragment, h } from './view.js';

export function Page({ page, act }) {
  const { session, verified, alert, asking, lost, viewer } = page;
  const { pinned, products, gifts } = placed(session ?? {}, verified);
  const running = session && session.status !== 'ENDED';
  const nothing = !pinned && !products.length && !gifts.length && (verified !== undefined || !session?.offers.length);
  const address = viewer && running ? addressOf(viewer) : undefined;
  return h(
    Fragment,
    null,
    h(
      'div',
      { class: 'stream' },
      h(Stage, { page }),
      h(
        'div',
        { class: 'side stack' },
        (pinned || (session?.status === 'LIVE' && products.length > 0)) && h(Pinned, { offer: pinned, page, act }),
        address && h(Address, { address, act }),
        h(OrderPanel, { page, act }),
      ),
      h(
        'div',
        { class: 'rest stack' },
        gifts.length > 0 && h(Gifts, { offers: gifts, page, act }),
        products.length > 0 && h(Products, { offers: products, page, act, title: t(pinned ? 'offers.more' : 'offers') }),
        running && nothing && h('p', { class: 'empty' }, t('offers.none')),
      ),
    ),
    h(
      'div',
      { role: 'status', 'aria-atomic': 'false' },
      h('p', { class: 'visually-hidden' }, page.news),
      lost.size > 0 && h('p', { class: 'toast lost notice' }, t('connection.lost')),
    ),
    h('div', { role: 'alert' }, alert && h(Alert, { text: alert, act })),
    asking &&
      h(AddressDialog, {
        address,
        confirm: t(asking.offer ? 'address.saveAndBuy' : 'save'),
        onSave: act.save,
        onClose: act.keepAddress,
      }),
  );
}

function Stage({ page: { missing, session, title, creator } }) {
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

function Address({ address, act }) {
  return h(
    'p',
    { class: 'row spread small muted address' },
    h('span', null, t('address.to', address)),
    h('button', { type: 'button', class: 'quiet', onClick: act.changeAddress }, t('address.change')),
  );
}

function Alert({ text, act }) {
  return h(
    'div',
    { class: 'toast notice bad row spread' },
    h('p', null, text),
    h('button', { type: 'button', class: 'quiet', onClick: act.close }, t('close')),
  );
}
