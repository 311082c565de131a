/** The operator's desk: who may sell, where goods come from, and whether the stock adds up. */
import { get, put } from './api.js';
import { Counties, CountyDialog } from './admin-counties.js';
import { CreatorDialog, CreatorSearch, Queue } from './admin-creators.js';
import { Stock } from './admin-stock.js';
import { board } from './board.js';
import { allCounties, enter, Listing } from './desk.js';
import { t } from './messages.js';
import { Fragment, h } from './view.js';

const SECTIONS = ['queue', 'creators', 'counties', 'stock'];
const WAITING = '/creators?verification=PENDING&limit=20';

const root = document.getElementById('desk');
const page = { counties: undefined, stock: undefined, deciding: undefined, editing: undefined };
const change = board(root, Page, page);

function Page() {
  const { deciding, editing, news } = page;
  return h(
    Fragment,
    null,
    h(
      'div',
      { class: 'stack desk' },
      h('h1', { tabIndex: -1 }, t('desk.operator')),
      h(
        'nav',
        { class: 'row jumps', 'aria-label': t('desk.operator') },
        SECTIONS.map(name => h('a', { class: 'target', href: `#${name}`, key: name }, t(TITLES[name]))),
      ),
      h(Queue, { page, act }),
      h(CreatorSearch, { page, act }),
      h(Counties, { page, act }),
      h(Stock, { page, act }),
    ),
    deciding && h(CreatorDialog, { key: deciding.creator.creatorId, page, act }),
    editing && h(CountyDialog, { page, act }),
    h('p', { class: 'visually-hidden', role: 'status' }, news),
  );
}

const TITLES = { queue: 'queue', creators: 'creators.find', counties: 'counties', stock: 'stock' };

const act = {
  search: ({ q, verification }) => {
    const wanted = new URLSearchParams({ ...(q && { q }), ...(verification && { verification }), limit: 20 });
    return page.found.load(`/creators?${wanted}`);
  },

  async consider(creator) {
    change({ deciding: { creator } });
    const history = new Listing(`/creators/${encodeURIComponent(creator.creatorId)}/verifications?limit=20`, change);
    page.deciding.history = history;
    await history.load();
  },

  async decide({ reason }, status) {
    const { creator } = page.deciding;
    const decided = await put(`/creators/${encodeURIComponent(creator.creatorId)}/verification`, { status, reason });
    change({ deciding: undefined, news: t('news.decided', { name: decided.displayName, status: t(`creator.${status}`) }) });
    page.queue.load();
    if (page.found.items) {
      page.found.replace(page.found.items.map(other => (other.creatorId === decided.creatorId ? decided : other)));
    }
  },

  edit: county => change({ editing: { county } }),

  async saveCounty({ code, ...county }) {
    const saved = await put(`/counties/${encodeURIComponent(code ?? page.editing.county.code)}`, county);
    change({ editing: undefined, counties: { ...page.counties, [saved.code]: saved }, news: t('news.county', saved) });
  },

  close: () => change({ deciding: undefined, editing: undefined }),

  readCounties: () =>
    allCounties().then(
      counties => change({ counties, countiesFailure: undefined }),
      countiesFailure => change({ countiesFailure }),
    ),

  async reconcile() {
    change({ stock: await get('/stock/reconciliation'), stockFailure: undefined });
  },
};

enter(root, 'operator', () => {
  page.queue = new Listing(WAITING, change);
  page.found = new Listing('/creators?limit=20', change);
  change();
  page.queue.load();
  act.readCounties();
  act.reconcile().catch(stockFailure => change({ stockFailure }));
});
