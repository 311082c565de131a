package io.livesale.catalog;

import java.util.UUID;

/** Our ids are UUIDs of version 7: they sort by the time they were made. */
final class Ids {
    /** Above every id, in PostgreSQL's order. */
    static final UUID LAST = new UUID(-1L, -1L);

    private Ids() {}
}
