/** Quantity and button of an offer; or why there is none. */
import { money, number } from './format.js';
import { t } from './messages.js';
import { hidden } from './parts.js';
import { standing } from './sale.js';
import { signInAddress } from './viewer.js';
import { h } from './view.js';

/** Why an offer cannot be bought, by what {@link standing} says of it. */
export const reason = (offer, why) => t(why === 'signIn' ? 'buy.nobody' : why, { count: number(offer.perBuyerLimit ?? 0) });

export function Purchase({ offer, page, act }) {
  const { most, why } = standing(offer, page);
  if (why === 'signIn' && signInAddress()) {
    return h('a', { class: 'button primary buy', href: signInAddress() }, t('buy.signIn'), hidden(` ${offer.title}`));
  }
  if (!most) {
    return h('p', { class: 'notice center' }, reason(offer, why));
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
        { class: 'primary buy', 'aria-disabled': !!why || page.settling },
        why ? t(why) : t('buy.for', { price: total }),
        hidden(` ${offer.title}`),
      ),
    ),
    offer.perBuyerLimit && h('p', { class: 'small muted' }, t('offer.limit', { count: number(offer.perBuyerLimit) })),
  );
}

/** What is typed stays as it is typed until it is sent, or the page would type against the viewer. */
function Quantity({ offer, chosen, quantity, most, choose }) {
  const step = (label, by, sign) => {
    const beyond = quantity + by < 1 || quantity + by > most;
    return h(
      'button',
      { type: 'button', 'aria-label': t(label), 'aria-disabled': beyond, onClick: () => beyond || choose(quantity + by) },
      sign,
    );
  };
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
