/** Every text of the pages, in Chinese and in English side by side: [zh, en], with {places} for what is put in. */
export const language = document.documentElement.lang === 'zh' ? 'zh' : 'en';

const TEXTS = {
  // Every page
  'signIn': ['登录', 'Sign in'],
  'switchViewer': ['当前用户：{name}，切换', 'Signed in as {name}, switch'],
  'desk.creator': ['我的直播', 'My sessions'],
  'desk.operator': ['运营台', 'Operations'],
  'desk.earnings': ['我的收入', 'My earnings'],
  'desk.impact': ['助农成效', 'Impact'],
  'loading': ['正在加载…', 'Loading…'],
  'close': ['关闭', 'Close'],
  'cancel': ['取消', 'Cancel'],
  'save': ['保存', 'Save'],
  'optional': ['（选填）', '(optional)'],
  'field.missing': ['请填写此项。', 'Please fill this in.'],
  'field.wrong': ['请检查此项。', 'Please check this.'],
  'field.refused': ['请检查此项：{detail}', 'Please check this: it {detail}.'],
  'connection.lost': ['连接已断开，正在重新连接…', 'Connection lost. Reconnecting…'],

  // What went wrong, by the code of the refusal
  'problem': ['出了点问题，请稍后再试。', 'Something went wrong. Please try again shortly.'],
  'problem.unreachable': ['网络不通，请检查网络后再试。', 'No connection. Check your network and try again.'],
  'problem.busy': ['现在人太多了，请稍等片刻再试。', 'It is very busy just now. Please try again in a moment.'],
  'problem.UNAUTHENTICATED': ['登录已失效，请重新登录。', 'You are no longer signed in. Please sign in again.'],
  'problem.FORBIDDEN': ['当前账号不能进行此操作。', 'Your account may not do this.'],
  'problem.NOT_FOUND': ['没有找到。', 'This was not found.'],
  'problem.INVALID_REQUEST': ['提交的内容有误：{detail}', 'Something in it is not right: {detail}'],
  'problem.SOLD_OUT': ['已经售罄。', 'It is sold out.'],
  'problem.OFFER_CLOSED': ['本次售卖已经结束。', 'This offer has closed.'],
  'problem.OFFER_UNKNOWN': ['这件商品还没有开售。', 'This offer is not on sale yet.'],
  'problem.IDEMPOTENCY_KEY_REUSED': [
    '这次下单与之前的冲突，请再试一次。',
    'This order clashed with an earlier one. Please press once more.',
  ],
  'problem.ORDER_NOT_PAYABLE': ['这个订单现在不能付款。', 'This order cannot be paid now.'],
  'problem.ORDER_NOT_CANCELLABLE': ['这个订单现在不能取消。', 'This order cannot be cancelled now.'],
  'problem.PAYMENT_PROVIDER_UNAVAILABLE': [
    '支付服务暂时没有响应，请再试一次。',
    'The payment provider does not answer. Please try again.',
  ],

  // The stream page: the session
  'session.LIVE': ['直播中', 'Live'],
  'session.SCHEDULED': ['即将开播', 'Starting soon'],
  'session.ENDED': ['已结束', 'Ended'],
  'session.news': ['{title}：{status}。', '{title}: {status}.'],
  'session.startsAt': ['开播时间：{time}。', 'Starts {time}.'],
  'session.scheduled': ['主播还没有开播，开播后这里会自动更新。', 'The stream has not started yet. This page will notice when it does.'],
  'session.ended': ['直播已结束，感谢观看。您的订单仍在本页。', 'The stream has ended. Thank you for watching. Your orders stay on this page.'],
  'session.others': ['看看正在直播的', 'See who is live now'],
  'session.by': ['主播：{name}', 'with {name}'],
  'session.missing': ['这场直播不存在或已被移除。', 'There is no such session any more.'],
  'video.label': ['直播画面：{title}', 'Live video: {title}'],
  'video.none': ['本场暂无画面', 'There is no picture for this session'],
  'video.failed': ['画面暂时无法播放，正在重试…', 'The picture cannot be played just now. Trying again…'],

  // Offers
  'pinned': ['主播正在讲解', 'Showing now'],
  'pinned.news': ['主播正在讲解{title}，{price}。', 'Showing now: {title}, {price}.'],
  'pinned.none': ['主播还没有推荐商品，先看看下方的商品吧。', 'Nothing is being shown just now. Have a look at the offers below.'],
  'offers': ['全部商品', 'All offers'],
  'offers.more': ['更多商品', 'More offers'],
  'offers.none': ['还没有上架商品，请稍候。', 'Nothing is on offer yet. Stay a moment.'],
  'gifts': ['给主播送礼', 'Send a gift'],
  'gift.send': ['送出 {title}，{price}', 'Send {title} for {price}'],
  'price.live': ['直播价', 'Live price'],
  'price.list': ['原价', 'List price'],
  'price.saving': ['省 {percent}', 'Save {percent}'],
  'origin': ['产地：{name}（{province}）', 'From {name}, {province}'],
  'origin.designated': ['脱贫县好物', 'Designated county'],
  'remaining': ['剩余 {count} 件', '{count} left'],
  'remaining.low': ['仅剩 {count} 件', 'Only {count} left'],
  'remaining.bar': ['剩余库存', 'Units left'],
  'closes.in': ['{time} 后结束', 'Closes in {time}'],
  'closes.at': ['{time} 结束', 'Closes {time}'],
  'closes.now': ['即将结束', 'Closing'],
  'offer.SCHEDULED': ['即将开售', 'Coming up'],
  'offer.CLOSED': ['已结束', 'Closed'],
  'offer.soldOut': ['已售罄', 'Sold out'],
  'offer.limit': ['每人限购 {count} 件', 'At most {count} per person'],
  'offer.limitReached': ['已达限购数量（{count} 件）', 'You have all {count} that one person may have'],

  // Buying
  'quantity': ['数量', 'Quantity'],
  'quantity.less': ['减少', 'One less'],
  'quantity.more': ['增加', 'One more'],
  'buy.for': ['立即购买 {price}', 'Buy for {price}'],
  'buy.signIn': ['登录后购买', 'Sign in to buy'],
  'buy.nobody': ['这里还不能登录，暂时无法购买。', 'Nobody can sign in here yet, so nobody can buy.'],
  'notBuyer': ['当前账号不能购买，请换一个账号。', 'This account cannot buy. Please switch.'],
  'buy.sending': ['正在下单…', 'Sending your order…'],
  'address': ['收货地址', 'Delivery address'],
  'address.why': ['收货地址只保存在这台设备上，并随订单交给卖家。', 'Kept on this device only, and given to the seller with your order.'],
  'address.to': ['送至：{name}，{phone}，{address}', 'To {name}, {phone}, {address}'],
  'address.change': ['修改地址', 'Change'],
  'address.name': ['收货人', 'Name'],
  'address.phone': ['手机号', 'Phone'],
  'address.street': ['详细地址', 'Address'],
  'address.saveAndBuy': ['保存并购买', 'Save and buy'],

  // Orders
  'orders': ['我的订单', 'Your orders'],
  'orders.earlier': ['更早的订单（{count}）', 'Earlier orders ({count})'],
  'order.of': ['{title} × {quantity}', '{title} × {quantity}'],
  'order.one': ['订单', 'Order'],
  'order.sending': ['正在提交', 'Sending'],
  'order.sending.more': [
    '正在提交订单，重试也只会下一单。',
    'Your order is on its way. However often it is sent, it is one order.',
  ],
  'order.retrying': [
    '暂时没有收到答复，正在重新提交；不会重复下单。',
    'No answer yet. It is sent again until there is one; it never becomes two orders.',
  ],
  'order.giveUp': ['不再提交', 'Stop trying'],
  'order.gaveUp': [
    '已停止提交。如果订单其实已经收到，它会出现在这里。',
    'Stopped. If the order was received all the same, it will show up here.',
  ],
  'order.RECEIVED': ['排队中', 'In line'],
  'order.ahead': ['前面还有 {count} 单', '{count} ahead of you'],
  'order.ahead.one': ['前面还有 1 单', '1 ahead of you'],
  'order.ahead.none': ['马上轮到您', 'You are next'],
  'order.RESERVED': ['已为您保留', 'Reserved for you'],
  'order.payWithin': ['请在 {time} 内付款', 'Pay within {time}'],
  'order.payOver': ['付款时间已到，正在确认…', 'The time to pay is over. One moment…'],
  'order.pay': ['去付款 {total}', 'Pay {total}'],
  'order.cancel': ['取消订单', 'Cancel order'],
  'order.cancel.sure': ['取消后，保留的商品会让给别人。', 'What is reserved for you goes to somebody else.'],
  'order.cancel.yes': ['确认取消', 'Yes, cancel it'],
  'order.cancel.no': ['保留订单', 'Keep it'],
  'order.PAID': ['已付款', 'Paid'],
  'order.PAID.more': ['谢谢！卖家会尽快发货。', 'Thank you! The seller will send it soon.'],
  'order.gift.more': ['谢谢您的礼物！', 'Thank you for your gift!'],
  'order.SHIPPED': ['已发货', 'On its way'],
  'order.SHIPPED.more': ['{carrier}，单号 {trackingNumber}', 'With {carrier}, {trackingNumber}'],
  'order.DELIVERED': ['已送达', 'Delivered'],
  'order.DELIVERED.more': ['如有问题，可在 {time} 前联系卖家。', 'Should anything be wrong, come back by {time}.'],
  'order.COMPLETED': ['已完成', 'Completed'],
  'order.COMPLETED.more': ['祝您用得满意！', 'Enjoy it!'],
  'order.REFUNDED': ['已退款', 'Refunded'],
  'order.refunded': ['已退回 {amount}。', '{amount} was given back.'],
  'order.paymentReturned': [
    '您的付款到得太晚，{amount} 将原路退回。',
    'Your payment came too late; {amount} goes back to you.',
  ],
  'order.CANCELLED': ['已取消', 'Cancelled'],
  'order.CANCELLED.more': ['您没有被收取任何费用。', 'Nothing was charged.'],
  'order.EXPIRED': ['超时未付款', 'Not paid in time'],
  'order.EXPIRED.more': ['保留的商品已重新上架，您没有被收取任何费用。', 'What was reserved is on sale again. Nothing was charged.'],
  'order.REJECTED': ['未能买到', 'Not this time'],
  'order.REJECTED.SOLD_OUT': ['轮到您时已经售罄。您没有被收取任何费用。', 'It was sold out when your turn came. Nothing was charged.'],
  'order.REJECTED.TOO_FEW_LEFT': [
    '轮到您时已经不足 {quantity} 件。您没有被收取任何费用。',
    'There were fewer than {quantity} left when your turn came. Nothing was charged.',
  ],
  'order.REJECTED.LIMIT_EXCEEDED': [
    '每人限购 {limit} 件，您已经达到上限。',
    'One person may have at most {limit}, and this would have been more.',
  ],
  'order.REJECTED.OFFER_CLOSED': ['轮到您时售卖已经结束。', 'The offer had closed when your turn came.'],
  'order.REJECTED.OFFER_UNKNOWN': ['这件商品还没有开售。', 'This offer was not on sale.'],
  'order.news': ['{title}：{status}。{detail}', '{title}: {status}. {detail}'],
};

/** What a page has to say besides. */
export const addTexts = texts => Object.assign(TEXTS, texts);

export function t(key, values = {}) {
  const text = TEXTS[key][language === 'zh' ? 0 : 1];
  return text.replace(/\{(\w+)\}/g, (place, name) => values[name] ?? place);
}

export const isText = key => key in TEXTS;

/** Why something failed, in plain words: by the refusal's code, else by what kind of failure it was. */
export function explain(failure) {
  const key = `problem.${failure.code}`;
  if (isText(key)) {
    return t(key, { detail: failure.detail });
  }
  if (failure.status === 429 || failure.status === 503) {
    return t('problem.busy');
  }
  return t(failure.status ? 'problem' : 'problem.unreachable');
}
