/** Puts a product or a gift on offer, each in a dialog. */
import { Listing } from './desk.js';
import { Listed } from './desk-parts.js';
import { countyName } from './desk-profile.js';
import { Form, count, instant } from './form.js';
import { locale, minorUnits, money, number, percent, typed } from './format.js';
import { t } from './messages.js';
import { Dialog, hidden } from './parts.js';
import { Component, Fragment, h } from './view.js';

const PAGE = 10;
const DEFAULT_CURRENCY = 'CNY';

/** A product is searched for and chosen, then offered. */
export class AddProduct extends Component {
  constructor(props) {
    super(props);
    this.state = {};
    this.products = new Listing(`/products?limit=${PAGE}`, () => this.setState({}));
  }

  ask() {
    this.products.load(`/products?limit=${PAGE}`);
    this.setState({ asking: true, chosen: undefined });
  }

  async offer({ price, ...terms }) {
    const { productId, listPrice } = this.state.chosen;
    await this.props.act.add({ productId, ...terms, price: { amount: price, currency: listPrice.currency } });
    this.setState({ asking: false });
  }

  render({ counties }, { asking, chosen }) {
    return h(
      Fragment,
      null,
      h('button', { type: 'button', class: 'primary', onClick: () => this.ask() }, t('offer.add')),
      asking &&
        h(
          Dialog,
          { title: chosen?.title ?? t('offer.add'), key: chosen?.productId, onClose: () => this.setState({ asking: false }) },
          chosen ? this.terms(chosen) : this.search(counties),
        ),
    );
  }

  search(counties) {
    return h(
      Fragment,
      null,
      h(Form, {
        id: 'products',
        keep: true,
        fields: [{ name: 'q', label: t('product.search'), type: 'search', maxLength: 100 }],
        buttons: [{ text: t('search') }],
        onSubmit: ({ q }) => this.products.load(`/products?limit=${PAGE}${q ? `&q=${encodeURIComponent(q)}` : ''}`),
      }),
      h(Listed, {
        listing: this.products,
        empty: t('product.none'),
        frame: items =>
          h(
            'ul',
            { class: 'choices' },
            items.map(product => h(Choice, { key: product.productId, product, counties, choose: () => this.setState({ chosen: product }) })),
          ),
      }),
    );
  }

  terms(product) {
    const { listPrice, stock } = product;
    return h(
      Form,
      {
        id: 'offer',
        fields: [
          { ...priceField(listPrice.currency), value: typed(listPrice), hint: t('offer.price.hint', { price: money(listPrice) }) },
          {
            name: 'allotment',
            label: t('offer.allotment'),
            hint: t('product.available', { count: number(stock.available) }),
            required: true,
            ...COUNT,
          },
          ...termsFields(),
        ],
        buttons: [{ text: t('offer.add'), class: 'primary' }],
        unsure: t('problem.unsure'),
        onSubmit: values => this.offer(values),
      },
      h('p', { class: 'small muted' }, t('offer.commission', { percent: percent(product.commissionBasisPoints) })),
      h('p', null, h('button', { type: 'button', class: 'quiet', onClick: () => this.setState({ chosen: undefined }) }, t('product.other'))),
    );
  }
}

function Choice({ product, counties, choose }) {
  const { title, sellerId, sku, county, listPrice, commissionBasisPoints, stock, productId } = product;
  const facts = [
    t('product.seller', { seller: sellerId }),
    sku,
    countyName(counties, county),
    money(listPrice),
    t('offer.commission', { percent: percent(commissionBasisPoints) }),
    t('product.available', { count: number(stock.available) }),
  ];
  return h(
    'li',
    { class: 'row spread', 'data-product': productId },
    h(
      'div',
      null,
      h('h3', null, title),
      h('p', { class: 'small muted terms' }, facts.filter(Boolean).map(fact => h('span', { key: fact }, fact))),
    ),
    h('button', { type: 'button', onClick: choose }, t('product.choose'), hidden(` ${title}`)),
  );
}

export class AddGift extends Component {
  constructor(props) {
    super(props);
    this.state = {};
  }

  async offer({ price, currency, ...terms }) {
    await this.props.act.add({ kind: 'GIFT', ...terms, price: { amount: price, currency } });
    this.setState({ asking: false });
  }

  render({ offers }, { asking, currency = offers[0]?.price.currency ?? DEFAULT_CURRENCY }) {
    return h(
      Fragment,
      null,
      h('button', { type: 'button', onClick: () => this.setState({ asking: true }) }, t('offer.addGift')),
      asking &&
        h(
          Dialog,
          { title: t('offer.addGift'), onClose: () => this.setState({ asking: false }) },
          h(Form, {
            id: 'gift',
            fields: [
              { name: 'title', label: t('offer.giftTitle'), required: true, maxLength: 200 },
              {
                name: 'currency',
                label: t('offer.currency'),
                required: true,
                value: currency,
                options: currencies(),
                onChange: ({ target }) => this.setState({ currency: target.value }),
              },
              priceField(currency),
              ...termsFields(),
            ],
            buttons: [{ text: t('offer.addGift'), class: 'primary' }],
            unsure: t('problem.unsure'),
            onSubmit: values => this.offer(values),
          }),
        ),
    );
  }
}

const COUNT = { inputMode: 'numeric', autocomplete: 'off', read: count, wrong: t('count.wrong') };

/** Typed as people write it, read exactly as minor units. */
function priceField(currency) {
  return {
    name: 'price',
    label: t('offer.price', { currency }),
    wrong: t('offer.price.wrong', { example: typed({ amount: 1990, currency }) }),
    read: text => minorUnits(text, currency),
    inputMode: 'decimal',
    autocomplete: 'off',
    required: true,
  };
}

/** What may be left open. */
function termsFields() {
  return [
    { name: 'perBuyerLimit', label: t('offer.perBuyerLimit'), ...COUNT },
    { name: 'closesAt', label: t('offer.closesAt'), type: 'datetime-local', read: future, wrong: t('closesAt.wrong') },
  ];
}

function future(text) {
  const at = instant(text);
  return at && Date.parse(at) > Date.now() ? at : undefined;
}

function currencies() {
  const names = new Intl.DisplayNames(locale, { type: 'currency' });
  return Intl.supportedValuesOf('currency').map(code => [code, `${code} · ${names.of(code)}`]);
}
