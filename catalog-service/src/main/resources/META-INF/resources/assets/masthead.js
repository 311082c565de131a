/** The top of every page: who is signed in, and where their desks are. */
import { t } from './messages.js';
import { displayName, hasRole, signInAddress, viewer } from './viewer.js';
import { Fragment, h, render } from './view.js';

const DESKS = [
  ['creator', '/me/sessions', 'desk.creator'],
  ['operator', '/admin', 'desk.operator'],
];

function Links({ someone }) {
  const address = signInAddress();
  if (!someone) {
    return address && h('a', { href: address }, t('signIn'));
  }
  return h(
    Fragment,
    null,
    DESKS.filter(([role]) => hasRole(someone, role)).map(([, path, key]) => h('a', { key, href: path }, t(key))),
    address && h('a', { href: address, 'aria-label': t('switchViewer', { name: displayName(someone) }) }, displayName(someone)),
  );
}

const someone = await viewer().catch(() => null);
render(h(Links, { someone }), document.getElementById('viewer'));
