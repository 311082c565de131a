/** The creator's desk: own profile, own sessions, and one of them opened by the address. */
import { get, post, put } from './api.js';
import { board } from './board.js';
import { allCounties, enter, Listing } from './desk.js';
import { Figures } from './desk-figures.js';
import { Profile } from './desk-profile.js';
import { SessionDesk } from './desk-session.js';
import { addressOf, NewSession, SessionList } from './desk-sessions.js';
import { follow } from './events.js';
import { explain, t } from './messages.js';
import { applied } from './sale.js';
import { Fragment, h } from './view.js';

const PAGE = 20;
const ID = /^#([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;
const root = document.getElementById('desk');

const page = { profile: undefined, counties: undefined, opened: undefined, session: undefined, figures: undefined };
const change = board(root, Page, page);

function Page() {
  return h(
    Fragment,
    null,
    page.opened ? h(SessionDesk, { page, act }) : h(Overview),
    h('p', { class: 'visually-hidden', role: 'status' }, page.news),
  );
}

function Overview() {
  return h(
    'div',
    { class: 'stack desk' },
    h('h1', { tabIndex: -1 }, t('desk.creator')),
    h(Profile, { page, act }),
    h(NewSession, { act, first: page.sessions.items?.length === 0 }),
    h(SessionList, { page }),
  );
}

const act = {
  async introduce(values) {
    await put('/creators/me', values);
    await readProfile();
    change({ news: t('profile.saved') });
  },

  async schedule(values) {
    const session = await post('/sessions', values);
    location.assign(addressOf(session));
  },

  async run(step) {
    const session = await post(`/sessions/${page.session.sessionId}/${step}`);
    update(session);
    change({ news: t(`news.${session.status}`) });
  },

  async turn(offer, step) {
    const turned = await post(`/offers/${offer.offerId}/${step}`);
    update(applied(page.session, 'offer', turned));
    change({ news: t(`news.${turned.status}`, offer) });
    readProfile();
  },

  async pin(offer) {
    update(await put(`/sessions/${page.session.sessionId}/pin`, { offerId: offer?.offerId ?? null }));
    change({ news: offer ? t('news.pinned', offer) : t('news.unpinned') });
  },

  async add(terms) {
    const offer = await post(`/sessions/${page.session.sessionId}/offers`, terms);
    update(applied(page.session, 'offer', offer));
    change({ news: t('news.added', offer) });
  },
};

/** Asked for again whenever something may have changed in it: an operator decides while the creator looks elsewhere. */
async function readProfile() {
  const profile = await get('/creators/me').catch(failure => (failure.status === 404 ? null : (page.profile ?? { failure })));
  change({ profile });
}

async function openSession(sessionId) {
  const session = await get(`/sessions/${encodeURIComponent(sessionId)}`).catch(failure => ({ failure }));
  if (session.failure || session.creatorId !== page.someone.subject) {
    const gone = !session.failure || session.failure.status === 404;
    change({ missing: gone ? t('session.notYours') : explain(session.failure) });
    return;
  }
  page.figures = new Figures(session.sessionId, () => page.session?.status === 'LIVE', change);
  update(session);
  document.title = `${session.title} · Live Sale`;
  follow(`/sessions/${session.sessionId}/updates`, {
    anonymous: true,
    on: (name, data) => update(applied(page.session, name, data)),
    state: state => change({ lost: state === 'lost' }),
    refused: () => get(`/sessions/${session.sessionId}`).then(update, () => change({ lost: true })),
  });
}

function update(session) {
  const turned = session.status !== page.session?.status;
  change({ session });
  if (turned) {
    page.figures.ask();
  }
}

/** By #, or else by ?session=, where it stays: the link to skip the masthead uses # as well. */
const asked = () => ID.exec(location.hash)?.[1] ?? new URLSearchParams(location.search).get('session');

enter(root, 'creator', someone => {
  page.someone = someone;
  page.sessions = new Listing(`/sessions?creatorId=${encodeURIComponent(someone.subject)}&limit=${PAGE}`, change);
  change({ opened: asked() });
  readProfile();
  document.addEventListener('visibilitychange', () => document.hidden || readProfile());
  allCounties()
    .catch(() => ({}))
    .then(counties => change({ counties }));
  if (page.opened) {
    history.replaceState(null, '', addressOf({ sessionId: encodeURIComponent(page.opened) }));
    openSession(page.opened);
  } else {
    page.sessions.load();
  }
  addEventListener('hashchange', () => ID.test(location.hash) && location.reload());
});
