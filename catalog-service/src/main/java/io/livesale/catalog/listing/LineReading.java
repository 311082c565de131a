package io.livesale.catalog.listing;

import io.livesale.catalog.AskedPrice;
import io.livesale.catalog.InvalidField;
import io.livesale.catalog.SettlementProfile;
import io.livesale.catalog.listing.CsvRecords.Row;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes products of the cells of one file, by the same rules as a single product in JSON. */
final class LineReading {
    private static final long MOST_UNITS = 1_000_000_000_000L;
    private static final Pattern PLAIN_NUMBER = Pattern.compile("-?[0-9]+");
    private static final Pattern SKU = Pattern.compile("[!-~]{1,64}");

    private final Columns columns;
    private final Validator validator;
    private final Map<String, Integer> lineOfSku = new HashMap<>();

    LineReading(Columns columns, Validator validator) {
        this.columns = columns;
        this.validator = validator;
    }

    ImportLine read(Row row) {
        if (row.fault() != null) {
            return new ImportLine.Refused(row.line(), null, null, row.fault());
        }
        if (row.cells().size() != columns.count()) {
            String reason = "has %d cells, the header %d".formatted(row.cells().size(), columns.count());
            return new ImportLine.Refused(row.line(), null, null, reason);
        }
        String sku = columns.cell(row.cells(), Columns.SKU);
        try {
            ProductBody body = body(row.cells());
            Long stockTotal = stockTotal(row.cells());
            Integer first = lineOfSku.putIfAbsent(sku, row.line());
            if (first != null) {
                throw new InvalidField(Columns.SKU, "is that of line " + first);
            }
            return new ImportLine.Wanted(row.line(), body, columns, stockTotal);
        } catch (InvalidField e) {
            String told = SKU.matcher(sku).matches() ? sku : null;
            return new ImportLine.Refused(row.line(), told, e.field(), e.getMessage());
        }
    }

    private ProductBody body(List<String> cells) {
        for (String name : Columns.NEEDED) {
            if (columns.cell(cells, name).isEmpty()) {
                throw new InvalidField(name, "must not be empty");
            }
        }
        AskedPrice price = new AskedPrice(
                value(
                        cells,
                        Columns.LIST_PRICE,
                        cell -> Long.valueOf(plain(cell)),
                        "a whole number of minor units: 1990 is 19.90"),
                value(cells, Columns.CURRENCY, Currency::getInstance, "an ISO 4217 code like CNY"));
        ProductBody body = new ProductBody(
                columns.cell(cells, Columns.SKU),
                columns.cell(cells, Columns.TITLE),
                value(cells, Columns.DESCRIPTION, Function.identity(), "text"),
                value(cells, Columns.IMAGE_URL, Function.identity(), "text"),
                columns.cell(cells, Columns.COUNTY),
                price,
                value(
                        cells,
                        Columns.COMMISSION,
                        cell -> Integer.valueOf(plain(cell)),
                        "a whole number of basis points: 2000 is 20 %"),
                value(cells, Columns.PROFILE, SettlementProfile::valueOf, "EXPRESS, STANDARD or EXTENDED"));
        validator.validate(body).stream()
                .map(LineReading::invalidField)
                .min(Comparator.comparing(invalid -> Columns.READ.indexOf(invalid.field())))
                .ifPresent(invalid -> {
                    throw invalid;
                });
        return body;
    }

    private @Nullable Long stockTotal(List<String> cells) {
        Long total = value(cells, Columns.STOCK_TOTAL, cell -> Long.valueOf(plain(cell)), "a whole number of units");
        if (total != null && (total < 0 || total > MOST_UNITS)) {
            throw new InvalidField(Columns.STOCK_TOTAL, "must be between 0 and " + MOST_UNITS);
        }
        return total;
    }

    /** Absent when the cell is empty, or there is none. */
    private <T> @Nullable T value(List<String> cells, String name, Function<String, T> reader, String allowed) {
        String cell = columns.cell(cells, name);
        try {
            return cell.isEmpty() ? null : reader.apply(cell);
        } catch (IllegalArgumentException e) {
            throw new InvalidField(name, "must be " + allowed);
        }
    }

    /** The number's text as it is, if its digits are 0 to 9: Java reads those of every script, and a plus. */
    private static String plain(String number) {
        if (!PLAIN_NUMBER.matcher(number).matches()) {
            throw new NumberFormatException(number);
        }
        return number;
    }

    /** The price is one field in JSON and two columns here. */
    private static InvalidField invalidField(ConstraintViolation<ProductBody> violation) {
        String path = violation.getPropertyPath().toString();
        String column = path.equals("listPrice.currency") ? Columns.CURRENCY : path.replaceFirst("\\..*", "");
        return new InvalidField(column, violation.getMessage());
    }
}
