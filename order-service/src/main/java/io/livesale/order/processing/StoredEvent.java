package io.livesale.order.processing;

import io.livesale.order.CloudEvent;

/**
 * An event and the command that caused it: kept in the database, so that a replayed command re-sends the same bytes.
 *
 * @param offset of the command in its partition
 * @param ordinal tells apart the events of one command, from 0
 */
record StoredEvent(long offset, int ordinal, CloudEvent event) {}
