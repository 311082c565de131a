/** The creator's desk: own profile, own sessions, and one of them opened by the address's #. */
import { get, post, put } from './api.js';
import { board, allCounties, enter, Listing } from './desk.js';
import { Figures } from './desk-figures.js';
import { Profile } from './desk-profile.js';
import { SessionDesk } from './desk-session.js';
import { NewSession, SessionList } from './desk-sessions.js';
import { follow } from './events.js';
import { t } from './messages.js';
import { applied } from './sale.js';
import { Fragment, h } from './view.js';

const PAGE = 20;
const root = document.getElementById('desk');

const page = { profile: undefined, counties: undefined, opened: undefined, session: undefined, figures: undefined };
const change = board(root, Page, page);

function Page() {
  return h(
    Fragment,
    null,
    page.opened ? h(SessionDesk, { page, act, key: page.opened }) : h(Overview),
    h('p', { class: 'visually-hidden', role: 'status' }, page.news),
  );
}

function Overview() {
  return h(
    'div',
    { class: 'stack desk' },
    h('h1', { id: 'desk-title', tabIndex: -1 }, t('desk.creator')),
    h(Profile, { page, act }),
    h(SessionList, { page }),
    h(NewSession, { act, first: page.sessions.items?.length === 0 }),
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
    page.sessions.replace([session, ...(page.sessions.items ?? [])]);
    location.hash = session.sessionId;
  },

  async run(step) {
    const session = await post(`/sessions/${page.opened}/${step}`);
    update(session);
    change({ news: t(`news.${session.status}`) });
  },

  async turn(offer, step) {
    const turned = await post(`/offers/${offer.offerId}/${step}`);
    update(applied(page.session, 'offer', turned));
    change({ news: t(`news.${turned.status}`, offer) });
  },

  async pin(offer) {
    update(await put(`/sessions/${page.opened}/pin`, { offerId: offer?.offerId ?? null }));
    change({ news: offer ? t('news.pinned', offer) : t('news.unpinned') });
  },

  async add(terms) {
    const offer = await post(`/sessions/${page.opened}/offers`, terms);
    update(applied(page.session, 'offer', offer));
    change({ news: t('news.added', offer) });
  },
};

async function readProfile() {
  const profile = await get('/creators/me').catch(failure => (failure.status === 404 ? null : { failure }));
  change({ profile });
}

/** Opens what the address asks for: #<sessionId>, or nothing. */
function route() {
  const opened = location.hash.slice(1).toLowerCase() || undefined;
  if (opened === page.opened) {
    return;
  }
  const focus = page.opened === null ? undefined : opened ? 'session-title' : 'desk-title';
  page.unfollow?.();
  page.figures?.end();
  change({ opened, session: undefined, missing: undefined, lost: false, figures: undefined, unfollow: undefined, news: undefined, focus });
  scrollTo(0, 0);
  if (opened) {
    openSession(opened);
  } else {
    page.sessions.load();
  }
}

async function openSession(sessionId) {
  const session = await get(`/sessions/${encodeURIComponent(sessionId)}`).catch(failure => ({ failure }));
  if (page.opened !== sessionId) {
    return;
  }
  if (session.failure || session.creatorId !== page.someone.subject) {
    const gone = !session.failure || session.failure.status === 404;
    change({ missing: gone ? t('session.notYours') : t('problem.unreachable') });
    return;
  }
  page.figures = new Figures(sessionId, () => page.session?.status === 'LIVE', change);
  update(session);
  page.unfollow = follow(`/sessions/${sessionId}/updates`, {
    anonymous: true,
    on: (name, data) => update(applied(page.session, name, data)),
    state: state => change({ lost: state === 'lost' }),
    refused: () => get(`/sessions/${sessionId}`).then(update, () => change({ lost: true })),
  });
}

/** What another session's late answer says is no news here. */
function update(session) {
  if (session?.sessionId !== page.opened) {
    return;
  }
  const started = session.status !== page.session?.status;
  change({ session });
  if (started) {
    page.figures?.ask();
  }
}

enter(root, 'creator', someone => {
  page.someone = someone;
  page.sessions = new Listing(`/sessions?creatorId=${encodeURIComponent(someone.subject)}&limit=${PAGE}`, change);
  const asked = new URLSearchParams(location.search).get('session');
  if (asked) {
    history.replaceState(null, '', `${location.pathname}#${asked}`);
  }
  readProfile();
  allCounties()
    .catch(() => ({}))
    .then(counties => change({ counties }));
  addEventListener('hashchange', route);
  page.opened = null;
  route();
});
