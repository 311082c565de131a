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
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One product, or one gift, in one session at a live price: SCHEDULED, then OPEN, then CLOSED; one that never opened may
 * be closed too. What the seller granted is frozen when it is made.
 */
@Entity
@Table(name = "offer")
public class Offer {
    /** A product has stock and is shipped; a gift is neither. */
    public enum Kind {
        PRODUCT,
        GIFT
    }

    /** Order-service hears of an offer when it opens, and again when it closes after that. */
    public enum Status {
        SCHEDULED,
        OPEN,
        CLOSED
    }

    @Id
    private UUID id;

    @Column(name = "session_id")
    private UUID sessionId;

    @Column(name = "creator_id")
    private String creatorId;

    @Enumerated(EnumType.STRING)
    private Kind kind;

    @Column(name = "product_id")
    private @Nullable UUID productId;

    @Column(name = "seller_id")
    private @Nullable String sellerId;

    private String title;

    @Column(name = "image_url")
    private @Nullable String imageUrl;

    private @Nullable String county;

    @Embedded
    @AttributeOverride(name = "amount", column = @Column(name = "price"))
    @AttributeOverride(name = "currency", column = @Column(name = "currency"))
    private Money price;

    @Column(name = "list_price")
    private @Nullable Long listPrice;

    private @Nullable Integer allotment;

    @Column(name = "per_buyer_limit")
    private @Nullable Integer perBuyerLimit;

    @Column(name = "closes_at")
    private @Nullable Instant closesAt;

    @Column(name = "commission_basis_points")
    private int commissionBasisPoints;

    @Enumerated(EnumType.STRING)
    @Column(name = "settlement_profile")
    private @Nullable SettlementProfile settlementProfile;

    @Enumerated(EnumType.STRING)
    private Status status;

    @Column(name = "opened_at")
    private @Nullable Instant openedAt;

    @Column(name = "closed_at")
    private @Nullable Instant closedAt;

    @Column(name = "given_back")
    private long givenBack;

    @Embedded
    private Sales sales;

    @Embedded
    private @Nullable Takings takings;

    @Embedded
    private @Nullable Origin origin;

    /** For Hibernate. */
    protected Offer() {}

    private Offer(UUID id, Session session, Kind kind, String title, int commissionBasisPoints, OfferTerms terms) {
        this.id = id;
        this.sessionId = session.id();
        this.creatorId = session.creatorId();
        this.kind = kind;
        this.title = title;
        this.commissionBasisPoints = commissionBasisPoints;
        this.price = terms.price();
        this.perBuyerLimit = terms.perBuyerLimit();
        this.closesAt = terms.closesAt();
        this.status = Status.SCHEDULED;
        this.sales = Sales.NONE;
        this.takings = Takings.NONE;
    }

    /** A product at a live price, in the currency of its list price. */
    public static Offer ofProduct(UUID id, Session session, Product product, int allotment, OfferTerms terms) {
        Offer offer = new Offer(
                id,
                session,
                Kind.PRODUCT,
                product.description().title(),
                product.terms().commissionBasisPoints(),
                terms);
        if (!terms.price().currency().equals(product.listPrice().currency())) {
            throw new InvalidField(
                    "price.currency",
                    "must be the product's, " + product.listPrice().currency());
        }
        offer.productId = product.id();
        offer.sellerId = product.sellerId();
        offer.imageUrl = product.description().imageUrl();
        offer.county = product.description().county();
        offer.listPrice = product.listPrice().amount();
        offer.allotment = allotment;
        offer.settlementProfile = product.terms().settlementProfile();
        return offer;
    }

    /** A virtual gift to the creator: without stock, seller or county. */
    public static Offer ofGift(UUID id, Session session, String title, int commissionBasisPoints, OfferTerms terms) {
        return new Offer(id, session, Kind.GIFT, title, commissionBasisPoints, terms);
    }

    /** Goes on sale in its session, which must be live; a closed or overdue one does not. */
    public void open(Session session, Origin from, Instant at) {
        session.requireLive();
        requireNotClosed();
        if (closesAt != null && !at.isBefore(closesAt)) {
            throw Problem.OFFER_CLOSED.because("The offer's closing time was " + closesAt + ".");
        }
        status = Status.OPEN;
        origin = from;
        openedAt = at;
    }

    /**
     * Closes for good. What an open offer has left comes back when order-service settles it; one that never opened, of
     * which order-service never heard, gives back its whole allotment at once.
     *
     * @return the units that go back to the product now, 0 or more
     */
    public int close(Instant at) {
        int back = status == Status.SCHEDULED && allotment != null ? allotment : 0;
        givenBack += back;
        status = Status.CLOSED;
        closedAt = at;
        return back;
    }

    public void requireNotClosed() {
        if (status == Status.CLOSED) {
            throw Problem.OFFER_CLOSED.because("The offer closed at " + closedAt + ".");
        }
    }

    public UUID id() {
        return id;
    }

    public UUID sessionId() {
        return sessionId;
    }

    public String creatorId() {
        return creatorId;
    }

    public Kind kind() {
        return kind;
    }

    public @Nullable UUID productId() {
        return productId;
    }

    public @Nullable String sellerId() {
        return sellerId;
    }

    public String title() {
        return title;
    }

    /** Where a picture of the product is. */
    public @Nullable String imageUrl() {
        return imageUrl;
    }

    public @Nullable String county() {
        return county;
    }

    /** As it was when the offer opened. */
    Origin origin() {
        return origin == null ? Origin.UNKNOWN : origin;
    }

    public Money price() {
        return price;
    }

    /** The product's price without the stream, to compare with; a gift has none. */
    public Optional<Money> listPrice() {
        return Optional.ofNullable(listPrice).map(amount -> new Money(amount, price.currency()));
    }

    public @Nullable Integer allotment() {
        return allotment;
    }

    public @Nullable Integer perBuyerLimit() {
        return perBuyerLimit;
    }

    public @Nullable Instant closesAt() {
        return closesAt;
    }

    public int commissionBasisPoints() {
        return commissionBasisPoints;
    }

    public @Nullable SettlementProfile settlementProfile() {
        return settlementProfile;
    }

    public Status status() {
        return status;
    }

    public @Nullable Instant openedAt() {
        return openedAt;
    }

    public @Nullable Instant closedAt() {
        return closedAt;
    }

    public Sales sales() {
        return sales;
    }

    /** Unknown of an offer whose last figures are from before order-service counted them. */
    public Optional<Takings> takings() {
        return Optional.ofNullable(takings);
    }

    /** Units to be had, as last told; none once it is closed. A gift never runs out: empty. */
    public Optional<Long> remaining() {
        return leftOver().map(units -> status == Status.CLOSED ? 0 : units);
    }

    /**
     * Whether every unit is taken, as last told; reserved ones may come free again. It outlasts the closing: an offer
     * that closed with units left over did not sell out.
     */
    public boolean soldOut() {
        return leftOver().filter(units -> units == 0).isPresent();
    }

    /** Units that are neither reserved nor sold; before anything was told, the allotment. */
    private Optional<Long> leftOver() {
        return sales.remaining() == null
                ? Optional.ofNullable(allotment).map(Integer::longValue)
                : Optional.of(sales.remaining());
    }
}
