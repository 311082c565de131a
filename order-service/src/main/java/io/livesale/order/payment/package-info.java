/** Getting an order paid: the provider, and what its webhooks say. */
@NullMarked
package io.livesale.order.payment;

import org.jspecify.annotations.NullMarked;
