/** What both desks begin with: one state, shown whenever it has changed, to the one person it belongs to. */
import { get } from './api.js';
import './desk-messages.js';
import { explain, t } from './messages.js';
import { hasRole, signInAddress, viewer, viewerAnew } from './viewer.js';
import { h, render } from './view.js';

/** Until then nobody knows who looks at the page. */
const ASK_AGAIN = 5000;

/** Shows `page` by `Page`; answers a function that changes the state and shows it anew. */
export function board(root, Page, page) {
  let due;
  return function change(news = {}) {
    Object.assign(page, news);
    due ??= Promise.resolve().then(() => {
      due = undefined;
      keepFocus(() => render(h(Page, { page }), root));
    });
  };
}

/** Focus that was on something that is gone goes to the nearest heading that is still there. */
function keepFocus(show) {
  const around = ancestors(document.activeElement);
  show();
  if (around.length && document.activeElement === document.body) {
    const heading = around.find(element => element.isConnected)?.querySelector('[tabindex="-1"]');
    heading?.focus({ preventScroll: true });
  }
}

function ancestors(element) {
  const around = [];
  for (let at = element?.closest('li, section, main'); at; at = at.parentElement?.closest('li, section, main')) {
    around.push(at);
  }
  return around;
}

/** Begins with whoever has this role and is signed in; tells everybody else why there is nothing to see. */
export async function enter(root, role, begin) {
  let someone;
  try {
    someone = await viewer();
  } catch (failure) {
    render(h(Refused, { role, text: explain(failure) }), root);
    setTimeout(() => enter(root, role, begin), ASK_AGAIN);
    return;
  }
  root.replaceChildren();
  document.addEventListener('visibilitychange', () => reloadForAnother(someone));
  if (hasRole(someone, role)) {
    begin(someone);
  } else {
    render(h(Refused, { role, text: t(someone ? `desk.${role}.only` : 'desk.signedOut') }), root);
  }
}

function Refused({ role, text }) {
  const address = signInAddress();
  return h(
    'div',
    { class: 'empty stack' },
    h('h1', null, t(`desk.${role}`)),
    h('p', { role: 'alert' }, text),
    address ? h('p', null, h('a', { class: 'button primary', href: address }, t('signIn'))) : h('p', null, t('desk.nobody')),
  );
}

/** Somebody else may have signed in while this page was out of sight; it is not theirs. */
async function reloadForAnother(someone) {
  if (document.hidden) {
    return;
  }
  const now = await viewerAnew().catch(() => someone);
  if (now?.subject !== someone?.subject) {
    location.reload();
  }
}

/** A list of the API, a page at a time: {items}, undefined until they are there, or the {failure} instead. */
export class Listing {
  /** @param path with a query, to which the cursor is added */
  constructor(path, changed) {
    Object.assign(this, { path, changed });
  }

  /** From the start; of two at once the later one counts. */
  async load(path = this.path) {
    this.path = path;
    const turn = (this.turn = {});
    const answer = await get(path).catch(failure => ({ failure }));
    if (turn === this.turn) {
      Object.assign(this, { items: undefined, nextCursor: undefined, failure: undefined }, answer);
      this.changed();
    }
  }

  async more() {
    const { path, turn } = this;
    const { items, nextCursor } = await get(`${path}&cursor=${encodeURIComponent(this.nextCursor)}`);
    if (turn === this.turn) {
      Object.assign(this, { items: [...this.items, ...items], nextCursor });
      this.changed();
    }
  }

  replace(items) {
    this.items = items;
    this.changed();
  }
}

/** All counties by their codes; there are a few thousand at most. */
export async function allCounties() {
  const counties = {};
  let cursor;
  do {
    const page = await get(`/counties?limit=200${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`);
    page.items.forEach(county => (counties[county.code] = county));
    cursor = page.nextCursor;
  } while (cursor);
  return counties;
}
