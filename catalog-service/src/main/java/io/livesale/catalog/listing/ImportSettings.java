package io.livesale.catalog.listing;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** What bounds an import, beside the length of its body, {@code quarkus.http.limits.max-body-size}. */
@ConfigMapping(prefix = "catalog.imports")
interface ImportSettings {
    /** Lines a file may have, the header not counted. */
    @WithDefault("10000")
    @Min(1) int lines();

    /** Characters a record may have. Twice what the longest product has, quotes doubled; beyond it a quote is missing. */
    @WithDefault("32768")
    @Min(1) int recordLength();

    /** Lines written in one transaction: enough to be quick, and their products are locked for milliseconds only. */
    @WithDefault("500")
    @Min(1) int chunkLines();

    /** Characters after which a chunk takes no further line. Bounds the memory of an import with long descriptions. */
    @WithDefault("262144")
    @Min(1) int chunkLength();

    /** Refused lines an answer tells one by one; the rest is only counted. Keeps the answer below a few 100 KB. */
    @WithDefault("1000")
    @Min(0) int problemsTold();

    /** Imports that run at once on a replica. Each holds a worker thread and at times a connection to the database. */
    @WithDefault("4")
    @Min(1) int atOnce();

    /** Longest time for a body to arrive, or whoever sends slowly holds a place for ever. 16 MiB at 0.5 Mbit/s. */
    @WithDefault("PT5M")
    Duration longest();
}
