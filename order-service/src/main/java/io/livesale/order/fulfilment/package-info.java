/** What buyers, sellers and operators ask of an order once it is placed: cancel, ship, deliver, confirm, refund. */
@NullMarked
package io.livesale.order.fulfilment;

import org.jspecify.annotations.NullMarked;
