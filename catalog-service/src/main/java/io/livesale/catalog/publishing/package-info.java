/** Sends the outbox to {@code offers.v1}. */
@NullMarked
package io.livesale.catalog.publishing;

import org.jspecify.annotations.NullMarked;
