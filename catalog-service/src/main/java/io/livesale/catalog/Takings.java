package io.livesale.catalog;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;

/**
 * What an offer's orders came to, as order-service last told. Hibernate only reads it, like {@link Sales}.
 *
 * @param orders decided so far, rejected ones included
 * @param gross paid and not given back, in minor units
 * @param commission the creator's share of it, in minor units
 */
@Embeddable
public record Takings(
        @Column(updatable = false) long orders,
        @Column(updatable = false) long gross,
        @Column(updatable = false) long commission) {
    public static final Takings NONE = new Takings(0, 0, 0);
}
