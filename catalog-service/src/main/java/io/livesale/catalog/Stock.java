package io.livesale.catalog;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;

/**
 * A product's units. The three always add up to the sum of its adjustments. Hibernate never writes them back: they move
 * only by the conditional statements of {@link Products} and of the sales figures, so a stale copy cannot undo a move.
 *
 * @param available free to be allotted
 * @param allotted held by offers and neither sold nor given back
 * @param sold paid for
 */
@Embeddable
public record Stock(
        @Column(updatable = false) long available,
        @Column(updatable = false) long allotted,
        @Column(updatable = false) long sold) {
    public static final Stock NONE = new Stock(0, 0, 0);
}
