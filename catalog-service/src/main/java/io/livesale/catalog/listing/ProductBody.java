package io.livesale.catalog.listing;

import io.livesale.catalog.AskedPrice;
import io.livesale.catalog.CountyCode;
import io.livesale.catalog.Product;
import io.livesale.catalog.SettlementProfile;
import io.livesale.catalog.Text;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A product as its seller states it, whole, in JSON or as a line of a file. */
record ProductBody(
        @Pattern(regexp = "[!-~]{1,64}", message = "must be 1 to 64 visible ASCII characters") @Schema(description = "Your own name for it, once among your products.", examples = "MP-250")
        @Nullable String sku,

        @NotBlank @Text(max = 200) @Nullable String title,
        @Text(max = 10_000) @Nullable String description,

        @Pattern(regexp = "https?://[^\\s\\x00\\p{Cs}]{1,2000}", message = "must be an http or https URL") @Nullable
        String imageUrl,

        @NotNull @Pattern(regexp = CountyCode.FORM, message = CountyCode.MESSAGE) @Schema(examples = "610826") @Nullable String county,

        @NotNull @Valid @Nullable AskedPrice listPrice,

        @NotNull @Min(0) @Max(10_000) @Schema(description = "Granted to whoever sells it; 2000 is 20 %.", examples = "2000")
        @Nullable Integer commissionBasisPoints,

        @Schema(defaultValue = "STANDARD") @Nullable SettlementProfile settlementProfile) {

    /** The product's content, once validated. */
    Product.Content toContent() {
        return new Product.Content(
                sku,
                new Product.Description(title, description, imageUrl, county),
                listPrice.toMoney(),
                new Product.Terms(
                        commissionBasisPoints,
                        Optional.ofNullable(settlementProfile).orElse(SettlementProfile.STANDARD)));
    }
}
