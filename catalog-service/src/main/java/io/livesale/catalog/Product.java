package io.livesale.catalog;

import jakarta.persistence.AttributeOverride;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A seller's article. */
@Entity
@Table(name = "product")
public class Product {
    @Id
    private UUID id;

    @Column(name = "seller_id")
    private String sellerId;

    private String title;
    private @Nullable String description;

    @Column(name = "image_url")
    private @Nullable String imageUrl;

    private String county;

    @Embedded
    @AttributeOverride(name = "amount", column = @Column(name = "list_price"))
    @AttributeOverride(name = "currency", column = @Column(name = "currency"))
    private Money listPrice;

    @Column(name = "commission_basis_points")
    private int commissionBasisPoints;

    @Enumerated(EnumType.STRING)
    @Column(name = "settlement_profile")
    private SettlementProfile settlementProfile;

    @Embedded
    private Stock stock;

    @Column(name = "created_at")
    private Instant createdAt;

    /** For Hibernate. */
    protected Product() {}

    /** A newly listed product, without stock. */
    public Product(UUID id, String sellerId, Description description, Money listPrice, Terms terms, Instant createdAt) {
        this.id = id;
        this.sellerId = sellerId;
        this.title = description.title();
        this.description = description.text();
        this.imageUrl = description.imageUrl();
        this.county = description.county();
        this.listPrice = listPrice;
        this.commissionBasisPoints = terms.commissionBasisPoints();
        this.settlementProfile = terms.settlementProfile();
        this.stock = Stock.NONE;
        this.createdAt = createdAt;
    }

    /** What a viewer reads. */
    public record Description(
            String title, @Nullable String text, @Nullable String imageUrl, String county) {}

    /**
     * What the seller grants.
     *
     * @param commissionBasisPoints to whoever sells the product, 0 to 10,000
     */
    public record Terms(int commissionBasisPoints, SettlementProfile settlementProfile) {
        public Terms {
            if (commissionBasisPoints < 0 || commissionBasisPoints > 10_000) {
                throw new IllegalArgumentException("commission outside 0 to 10,000 basis points");
            }
        }
    }

    public UUID id() {
        return id;
    }

    public String sellerId() {
        return sellerId;
    }

    public Description description() {
        return new Description(title, description, imageUrl, county);
    }

    public Money listPrice() {
        return listPrice;
    }

    public Terms terms() {
        return new Terms(commissionBasisPoints, settlementProfile);
    }

    /** As it was read; a move of units in the same transaction does not show here. */
    public Stock stock() {
        return stock;
    }
}
