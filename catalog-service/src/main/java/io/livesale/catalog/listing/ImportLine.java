package io.livesale.catalog.listing;

import io.livesale.catalog.Product.Content;
import io.livesale.catalog.Product.Description;
import io.livesale.catalog.Product.Terms;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A line of an import, read. */
sealed interface ImportLine {
    /** Where it begins in the file, counted from 1. */
    int line();

    /**
     * What a product shall be.
     *
     * @param columns which the file has: what it does not speak of stays as it is
     * @param stockTotal all units ever put in; absent when the stock is left alone
     */
    record Wanted(
            int line,
            ProductBody body,
            Columns columns,
            @Nullable Long stockTotal) implements ImportLine {
        /** The product's content, made of this line alone when there was none before. */
        Content over(@Nullable Content before) {
            Content told = body.toContent();
            if (before == null) {
                return told;
            }
            Description description = new Description(
                    told.description().title(),
                    columns.has(Columns.DESCRIPTION)
                            ? told.description().text()
                            : before.description().text(),
                    columns.has(Columns.IMAGE_URL)
                            ? told.description().imageUrl()
                            : before.description().imageUrl(),
                    told.description().county());
            Terms terms = new Terms(
                    told.terms().commissionBasisPoints(),
                    (columns.has(Columns.PROFILE) ? told : before).terms().settlementProfile());
            return new Content(told.sku(), description, told.listPrice(), terms);
        }

        Refused refused(String field, String reason) {
            return new Refused(line, body.sku(), field, reason);
        }
    }

    /** What is wrong with it. The rest of the file is not concerned. */
    @Schema(name = "ImportProblem")
    record Refused(
            @Schema(description = "Where the record begins in the file; the header is line 1.")
            int line,

            @Schema(description = "Absent when it could not be read.") @Nullable String sku,

            @Schema(description = "The column; absent when it is the line as a whole.") @Nullable String field,

            @Schema(
                    description = "To be read behind the column's name, or behind \"This line\".",
                    examples = "must not be empty")
            String reason)
            implements ImportLine {}
}
