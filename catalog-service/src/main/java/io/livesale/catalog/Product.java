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

    @Column(name = "seller_id", updatable = false)
    private String sellerId;

    private @Nullable String sku;
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

    @Column(name = "created_at", updatable = false)
    private Instant createdAt;

    /** For Hibernate. */
    protected Product() {}

    /** A newly listed product, without stock. */
    public Product(UUID id, String sellerId, Content content, Instant createdAt) {
        this.id = id;
        this.sellerId = sellerId;
        this.stock = Stock.NONE;
        this.createdAt = createdAt;
        take(content);
    }

    /** From now on its seller says this of it. Offers made before keep what they froze. */
    public void change(Content content) {
        take(content);
    }

    private void take(Content content) {
        this.sku = content.sku();
        this.title = content.description().title();
        this.description = content.description().text();
        this.imageUrl = content.description().imageUrl();
        this.county = content.description().county();
        this.listPrice = content.listPrice();
        this.commissionBasisPoints = content.terms().commissionBasisPoints();
        this.settlementProfile = content.terms().settlementProfile();
    }

    /**
     * What its seller says of it.
     *
     * @param sku the seller's own name for it, no two of whose products have the same
     */
    public record Content(@Nullable String sku, Description description, Money listPrice, Terms terms) {}

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

    public @Nullable String sku() {
        return sku;
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
