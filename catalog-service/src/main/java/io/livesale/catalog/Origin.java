package io.livesale.catalog;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import org.jspecify.annotations.Nullable;

/**
 * The counties behind an offer as they stood when it opened: reports count by this, whatever is designated later and
 * wherever the creator moves.
 *
 * @param countyDesignated the product's county of origin was under a programme; absent for gifts
 * @param creatorCounty the creator's home, by code; absent when they named none
 * @param creatorCountyDesignated absent with it
 */
@Embeddable
public record Origin(
        @Column(name = "county_designated") @Nullable Boolean countyDesignated,
        @Column(name = "creator_county") @Nullable String creatorCounty,

        @Column(name = "creator_county_designated") @Nullable Boolean creatorCountyDesignated) {
    /** Of an offer that has not opened, or opened before this was kept. */
    static final Origin UNKNOWN = new Origin(null, null, null);
}
