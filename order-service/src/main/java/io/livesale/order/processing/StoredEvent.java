package io.livesale.order.processing;

import io.livesale.order.CloudEvent;

/**
 * An event and the command that caused it: kept in the database, so that a replayed command re-sends the same bytes.
 *
 * @param offset of the command in its partition
 */
record StoredEvent(long offset, CloudEvent event) {}
