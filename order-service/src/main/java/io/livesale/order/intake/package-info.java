/** Accepting orders: the door and the durable append. */
@NullMarked
package io.livesale.order.intake;

import org.jspecify.annotations.NullMarked;
