/** A page as one state, shown whenever it has changed. */
import { h, render } from './view.js';

/**
 * Shows `page` by `Page`; answers a function that changes the state and shows it anew. `page.focus` is the id of what the
 * focus goes to then, once.
 */
export function board(root, Page, page) {
  let due;
  return function change(news = {}) {
    Object.assign(page, news);
    due ??= Promise.resolve().then(() => {
      due = undefined;
      keepFocus(() => render(h(Page, { page }), root));
      if (page.focus) {
        document.getElementById(page.focus)?.focus();
        page.focus = undefined;
      }
    });
  };
}

/** Focus that was on something that is gone goes to the nearest heading that is still there. */
function keepFocus(show) {
  const around = ancestors(document.activeElement);
  show();
  if (around.length && document.activeElement === document.body) {
    const headings = around.filter(element => element.isConnected).map(element => element.querySelector('[tabindex="-1"]'));
    headings.find(Boolean)?.focus({ preventScroll: true });
  }
}

function ancestors(element) {
  const around = [];
  for (let at = element?.closest('li, section, main'); at; at = at.parentElement?.closest('li, section, main')) {
    around.push(at);
  }
  return around;
}
