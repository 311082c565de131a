package io.livesale.catalog.listing;

import io.livesale.catalog.Problem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The columns of a file of products, in any order, as its first line names them. */
final class Columns {
    static final String SKU = "sku";
    static final String TITLE = "title";
    static final String DESCRIPTION = "description";
    static final String IMAGE_URL = "imageUrl";
    static final String COUNTY = "county";
    static final String LIST_PRICE = "listPrice";
    static final String CURRENCY = "currency";
    static final String COMMISSION = "commissionBasisPoints";
    static final String PROFILE = "settlementProfile";
    static final String STOCK_TOTAL = "stockTotal";

    /** Those an import reads. */
    static final List<String> READ =
            List.of(SKU, TITLE, DESCRIPTION, IMAGE_URL, COUNTY, LIST_PRICE, CURRENCY, COMMISSION, PROFILE, STOCK_TOTAL);
    /** Those of them without which there is no product. */
    static final List<String> NEEDED = List.of(SKU, TITLE, COUNTY, LIST_PRICE, CURRENCY, COMMISSION);
    /** Those an export adds for information; an import passes over them. */
    static final List<String> TOLD = List.of("productId", "available", "allotted", "sold");
    /** Those of an export, in its order. */
    static final List<String> ALL = Stream.concat(READ.stream(), TOLD.stream()).toList();

    private static final int LONGEST_ECHO = 40;

    private final Map<String, Integer> positions = new HashMap<>();

    /** Reads a header; a file without a good one is refused as a whole. */
    Columns(List<String> header) {
        for (String name : header) {
            if (!ALL.contains(name)) {
                throw refused("\"%s\" is none of: %s.", echo(name), String.join(", ", ALL));
            }
            if (positions.putIfAbsent(name, positions.size()) != null) {
                throw refused("\"%s\" comes twice.", name);
            }
        }
        List<String> missing =
                NEEDED.stream().filter(name -> !positions.containsKey(name)).toList();
        if (!missing.isEmpty()) {
            throw refused("Missing: %s.", String.join(", ", missing));
        }
    }

    int count() {
        return positions.size();
    }

    boolean has(String name) {
        return positions.containsKey(name);
    }

    /** Empty when there is no such column. */
    String cell(List<String> cells, String name) {
        Integer position = positions.get(name);
        return position == null ? "" : cells.get(position);
    }

    private static RuntimeException refused(String reason, Object... names) {
        return Problem.INVALID_REQUEST.because(
                "The first line must name the columns, separated by commas. " + reason.formatted(names));
    }

    /** Its beginning, in one line: it is logged, too. */
    private static String echo(String name) {
        String line = name.replaceAll("\\p{Cntrl}", " ");
        int characters = line.codePointCount(0, line.length());
        return characters <= LONGEST_ECHO ? line : line.substring(0, line.offsetByCodePoints(0, LONGEST_ECHO)) + "…";
    }
}
