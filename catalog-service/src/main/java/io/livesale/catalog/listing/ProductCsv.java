package io.livesale.catalog.listing;

import io.livesale.catalog.Product.Content;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;

/**
 * Products as CSV (RFC 4180), which an import takes. Text is written as it is, even where a spreadsheet would take it for
 * a formula: all of it is the seller's own, and a sign put before it would come back with the next import.
 */
final class ProductCsv {
    static final String HEADER = record(Columns.ALL.toArray());

    private ProductCsv() {}

    static String lines(List<ProductRow> products) {
        return products.stream().map(ProductCsv::line).collect(Collectors.joining());
    }

    /** In the order of {@link Columns#ALL}. */
    private static String line(ProductRow product) {
        Content content = product.content();
        return record(
                content.sku(),
                content.description().title(),
                content.description().text(),
                content.description().imageUrl(),
                content.description().county(),
                content.listPrice().amount(),
                content.listPrice().currency(),
                content.terms().commissionBasisPoints(),
                content.terms().settlementProfile(),
                product.stockTotal(),
                product.id(),
                product.stock().available(),
                product.stock().allotted(),
                product.stock().sold());
    }

    private static String record(Object... cells) {
        return CSVFormat.RFC4180.format(cells) + "\r\n";
    }
}
