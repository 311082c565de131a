package io.livesale.catalog.streaming;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** What bounds sessions and offers. */
@ConfigMapping(prefix = "catalog.offers")
interface OfferSettings {
    /** A gift's commission rate in basis points, 0 to 10,000. Half: what DOMAIN.md grants a creator. */
    @WithDefault("5000")
    @Min(0) @Max(10_000) int giftCommissionBasisPoints();

    /** Offers a session may have: every view of a session carries them all, so they must fit one answer. */
    @WithDefault("200")
    @Min(1) int perSession();

    /** Sessions per page of those that are live: each carries its offers, so this bounds the largest answer. */
    @WithDefault("20")
    @Min(1) int liveSessionsPerPage();

    /** How far ahead a time may lie. A year: beyond that it is a slip of the pen. */
    @WithDefault("P366D")
    Duration horizon();

    /**
     * How often offers whose closing time has come are closed. Orders after that time are refused anyway. Read by name
     * in the schedule of {@link OverdueOffers}.
     */
    @WithDefault("PT1S")
    Duration closingCheck();

    /** Offers closed per check: each is a transaction of its own, and the next check takes the rest. */
    @WithDefault("100")
    @Min(1) int closingBatch();
}
