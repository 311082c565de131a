package io.livesale.catalog;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Units put into or taken out of a product's stock, with the stock right after it, which is what a repeat is told. */
@Entity
@Table(name = "stock_adjustment")
public class StockAdjustment {
    /**
     * The client makes the second half, so a repeat is known for what it is.
     *
     * @param adjustmentId 1 to 64 visible ASCII characters
     */
    @Embeddable
    public record Id(
            @Column(name = "product_id") UUID productId,
            @Column(name = "adjustment_id") String adjustmentId) {}

    @EmbeddedId
    private Id id;

    private long delta;
    private @Nullable String reason;

    @Embedded
    private Stock result;

    @Column(name = "created_at")
    private Instant createdAt;

    /** For Hibernate. */
    protected StockAdjustment() {}

    public StockAdjustment(Id id, long delta, @Nullable String reason, Stock result, Instant createdAt) {
        this.id = id;
        this.delta = delta;
        this.reason = reason;
        this.result = result;
        this.createdAt = createdAt;
    }

    /** The first result; refused when the repeat asks for something else. */
    public Stock repeated(long askedDelta) {
        if (askedDelta != delta) {
            throw Problem.ADJUSTMENT_ID_REUSED.because(
                    "The adjustment " + id.adjustmentId() + " was recorded with another delta.");
        }
        return result;
    }
}
