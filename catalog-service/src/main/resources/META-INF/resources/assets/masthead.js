/** The top of every page: who is signed in, and where their desks are. */
import { t } from './messages.js';
import { displayName, hasRole, signInAddress, viewer } from './viewer.js';
import { Fragment, h, render } from './view.js';

/** [roles of which one is enough, path, key of the name]; payout-service serves the earnings and the impact. */
const DESKS = [
  [['creator'], '/me/sessions', 'desk.creator'],
  [['creator', 'seller'], '/me/earnings', 'desk.earnings'],
  [['operator'], '/admin', 'desk.operator'],
  [['operator'], '/impact', 'desk.impact'],
];

function Links({ someone }) {
  const address = signInAddress();
  if (!someone) {
    return address && h('a', { href: address }, t('signIn'));
  }
  return h(
    Fragment,
    null,
    DESKS.filter(([roles]) => roles.some(role => hasRole(someone, role))).map(([, path, key]) => h('a', { key, href: path }, t(key))),
    address && h('a', { href: address, 'aria-label': t('switchViewer', { name: displayName(someone) }) }, displayName(someone)),
  );
}

const someone = await viewer().catch(() => null);
render(h(Links, { someone }), document.getElementById('viewer'));
