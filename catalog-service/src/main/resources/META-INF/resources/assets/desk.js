/** What all desks begin with: those they belong to, and lists of the API. */
import { get } from './api.js';
import './desk-messages.js';
import { explain, t } from './messages.js';
import { hasRole, reloadForAnother, signInAddress, viewer } from './viewer.js';
import { h, render } from './view.js';

/** Until then nobody knows who looks at the page. */
const ASK_AGAIN = 5000;

/**
 * Begins with whoever is signed in and may use this desk; tells everybody else why there is nothing to see.
 *
 * @param desk names its texts: `desk.<desk>` and `desk.<desk>.only`
 * @param roles of which one is enough
 */
export async function enter(root, desk, begin, roles = [desk]) {
  let someone;
  try {
    someone = await viewer();
  } catch (failure) {
    render(h(Refused, { desk, text: explain(failure) }), root);
    setTimeout(() => enter(root, desk, begin, roles), ASK_AGAIN);
    return;
  }
  render(null, root);
  root.replaceChildren();
  document.addEventListener('visibilitychange', () => reloadForAnother(someone));
  if (roles.some(role => hasRole(someone, role))) {
    begin(someone);
  } else {
    render(h(Refused, { desk, text: t(someone ? `desk.${desk}.only` : 'desk.signedOut') }), root);
  }
}

function Refused({ desk, text }) {
  const address = signInAddress();
  return h(
    'div',
    { class: 'empty stack' },
    h('h1', null, t(`desk.${desk}`)),
    h('p', { role: 'alert' }, text),
    address ? h('p', null, h('a', { class: 'button primary', href: address }, t('signIn'))) : h('p', null, t('desk.nobody')),
  );
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
