/** Quantity and button of an offer; or why there is none. */
import { money, number } from './format.js';
import { t } from './messages.js';
import { standing } from './sale.js';
import { signInAddress } from './viewer.js';
import { h } from './view.js';

const hidden = text => h('span', { class: 'visually-hidden' }, text);

export function Purchase({ offer, page, act }) {
  const { most, why } = standing(offer, page);
  if (why === 'signIn' && signInAddress()) {
    return h('a', { class: 'button primary buy', href: signInAddress() }, t('buy.signIn'), hidden(` ${offer.title}`));
  }
  if (!most) {
    return h('p', { class: 'notice center' }, t(why === 'signIn' ? 'buy.nobody' : why, { count: number(offer.perBuyerLimit ?? 0) }));
  }
  const chosen = page.quantities[offer.offerId] ?? 1;
  const quantity = Math.max(1, Math.min(Math.floor(chosen), most));
  const total = money({ ...offer.price, amount: offer.price.amount * quantity });
  return h(
    'form',
    {
      class: 'stack',
      onSubmit: event => {
        event.preventDefault();
        !why && act.buy(offer, quantity);
      },
    },
    h(
      'div',
      { class: 'row' },
      most > 1 && h(Quantity, { offer, chosen, quantity, most, choose: value => act.choose(offer, value) }),
      h(
        'button',
        { class: 'primary buy', 'aria-disabled': !!why, disabled: page.settling === offer.offerId },
        why ? t(why) : t('buy.for', { price: total }),
        hidden(` ${offer.title}`),
      ),
    ),
    offer.perBuyerLimit && h('p', { class: 'small muted' }, t('offer.limit', { count: number(offer.perBuyerLimit) })),
  );
}

/** What is typed stays as it is typed until it is sent, or the page would type against the viewer. */
function Quantity({ offer, chosen, quantity, most, choose }) {
  const step = (label, by, sign) =>
    h(
      'button',
      {
        type: 'button',
        'aria-label': t(label),
        disabled: quantity + by < 1 || quantity + by > most,
        onClick: () => choose(quantity + by),
      },
      sign,
    );
  return h(
    'div',
    { class: 'quantity', role: 'group', 'aria-label': t('quantity') },
    step('quantity.less', -1, '−'),
    h('input', {
      type: 'number',
      inputMode: 'numeric',
      min: 1,
      max: most,
      required: true,
      name: 'quantity',
      'aria-label': `${t('quantity')}: ${offer.title}`,
      value: chosen,
      onInput: ({ target }) => choose(target.value),
      onBlur: () => chosen || choose(1),
    }),
    step('quantity.more', 1, '+'),
  );
}
