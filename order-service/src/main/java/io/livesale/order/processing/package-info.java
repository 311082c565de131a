/** Deciding: batches of the log in, one transaction each, events out. */
@NullMarked
package io.livesale.order.processing;

import org.jspecify.annotations.NullMarked;
