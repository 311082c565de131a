package io.livesale.benchmark;

/** The figures that goals and the chart are made of. */
enum Figure {
    /** No-op POST, requests per second. */
    CEILING,
    /** The same, just before each round of the sustained rate on one hot offer. */
    CEILING_BESIDE,
    /** Orders per second, accepted while the processor is idle. */
    INTAKE,
    /** Milliseconds, 99 % of the accept times at half load. */
    HALF_LOAD_P99,
    /** Orders per second, accepted and decided on one hot offer. */
    SUSTAINED_HOT,
    SUSTAINED_MANY,
    /** Orders per second, decided from a backlog of one hot offer. */
    BACKLOG_HOT,
    BACKLOG_MANY,
    /** Orders per second, one transaction each. */
    FLOOR,
    /** Orders per second, PostgreSQL alone with the service's own statements, as many writers as serve it best. */
    OWN_WRITES,
    /** Orders per second, accepted and decided with few orders stored. */
    FEW_STORED,
    MANY_STORED,
    /** Orders per second, accepted of three times the rate that is sustained … */
    OVERLOADED,
    /** … and at that rate itself, in the same run. */
    BEFORE_OVERLOAD,
    /** Milliseconds, 99 % of the times to any answer meanwhile. */
    OVERLOAD_P99,
    /** Requests of all rounds then that were answered neither with 202 nor with when to come back. */
    OVERLOAD_LOST,
    /** Seconds from its end until answers and backlog are as before. */
    RECOVERED,
    /** Milliseconds, 99 % of the times from a creator's pin to a viewer. */
    PIN_P99,
    /** Paid orders per second, posted to the ledger from the log. */
    POSTED,
    /** The same, one transaction each, without Kafka. */
    POSTED_ONE_BY_ONE,
    /** The same, PostgreSQL alone with the service's own statements. */
    POSTED_IN_BATCHES,
    /** Seconds, to verify the ledger of all of them. */
    VERIFIED
}
