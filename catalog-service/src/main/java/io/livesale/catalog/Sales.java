package io.livesale.catalog;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import org.jspecify.annotations.Nullable;

/**
 * What order-service last told of an offer. Hibernate only reads it: it is written by the statements that apply
 * {@code offer-sales.v1}.
 *
 * @param version of the report; 0 before any
 * @param remaining units still to be had; absent before any report and for gifts
 * @param reserved units held and not paid
 * @param sold units paid
 */
@Embeddable
public record Sales(
        @Column(name = "sales_version", updatable = false) long version,
        @Column(updatable = false) @Nullable Long remaining,
        @Column(updatable = false) long reserved,
        @Column(updatable = false) long sold) {
    static final Sales NONE = new Sales(0, null, 0, 0);
}
