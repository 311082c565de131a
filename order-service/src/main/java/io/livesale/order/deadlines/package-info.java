/** What happens to an order by itself once its time is over. */
@NullMarked
package io.livesale.order.deadlines;

import org.jspecify.annotations.NullMarked;
