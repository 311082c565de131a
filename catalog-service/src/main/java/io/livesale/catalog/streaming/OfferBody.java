package io.livesale.catalog.streaming;

import io.livesale.catalog.AskedPrice;
import io.livesale.catalog.InvalidField;
import io.livesale.catalog.Offer;
import io.livesale.catalog.OfferTerms;
import io.livesale.catalog.Text;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The request for an offer of either kind; a field of the other kind is refused rather than ignored. */
record OfferBody(
        @Schema(defaultValue = "PRODUCT") Offer.@Nullable Kind kind,
        @Schema(description = "For a product.") @Nullable UUID productId,

        @Text(max = 200) @Schema(description = "For a gift; a product brings its own.") @Nullable String title,

        @NotNull @Valid @Nullable AskedPrice price,

        @Min(1) @Max(1_000_000_000) @Schema(description = "For a product: units taken from its available ones.")
        @Nullable Integer allotment,

        @Min(1) @Schema(description = "Units one buyer may hold over the offer's lifetime.") @Nullable Integer perBuyerLimit,

        @Schema(description = "When it closes by itself; in the future.") @Nullable Instant closesAt) {

    NewOffer toNewOffer() {
        OfferTerms terms = new OfferTerms(price.toMoney(), perBuyerLimit, closesAt);
        if (kind == Offer.Kind.GIFT) {
            requireAbsent("productId", productId);
            requireAbsent("allotment", allotment);
            if (title == null || title.isBlank()) {
                throw new InvalidField("title", "must not be blank");
            }
            return new NewOffer.OfGift(title, terms);
        }
        requireAbsent("title", title);
        return new NewOffer.OfProduct(
                requirePresent("productId", productId), requirePresent("allotment", allotment), terms);
    }

    private static void requireAbsent(String field, @Nullable Object value) {
        if (value != null) {
            throw new InvalidField(field, "does not belong to an offer of this kind");
        }
    }

    private static <T> T requirePresent(String field, @Nullable T value) {
        if (value == null) {
            throw new InvalidField(field, "must not be null");
        }
        return value;
    }
}
