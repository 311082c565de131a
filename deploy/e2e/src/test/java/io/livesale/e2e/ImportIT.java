package io.livesale.e2e;

import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A seller's whole shop as one file, through the gateway. */
@SharedSystem
class ImportIT {
    private static final int LINES = 10_000;
    private static final int BAD = 10;

    @Test
    void tenThousandLinesComeInButForTenBadOnesAndOnceMoreChangesNothing(LocalSystem system) {
        Person seller = Person.signIn(system.origin(), "county-store", "seller");
        String file = "sku,title,county,listPrice,currency,commissionBasisPoints,stockTotal\r\n"
                + IntStream.rangeClosed(1, LINES).mapToObj(ImportIT::line).collect(Collectors.joining());
        // The header is line 1.
        List<Integer> bad =
                IntStream.rangeClosed(1, BAD).mapToObj(i -> i * LINES / BAD + 1).toList();

        seller.upload("/products/import", file)
                .then()
                .statusCode(200)
                .body("lines", equalTo(LINES))
                .body("created", equalTo(LINES - BAD))
                .body("refused", equalTo(BAD))
                .body("problems.line", equalTo(bad))
                .body("problems.findAll { it.field != 'listPrice' }", empty());
        String export = seller.get("/products/export").asString();
        assertEquals(1 + LINES - BAD, export.lines().count());

        seller.upload("/products/import", export)
                .then()
                .statusCode(200)
                .body("unchanged", equalTo(LINES - BAD))
                .body("refused", equalTo(0));
        Person.signIn(system.origin(), "staff", "operator")
                .get("/stock/reconciliation")
                .then()
                .body("adrift", equalTo(0));
    }

    /** Every thousandth has no price. */
    private static String line(int number) {
        String price = number % (LINES / BAD) == 0 ? "" : "1990";
        return "P-%d,\"香菇酱, No. %d\",611026,%s,CNY,2000,10\r\n".formatted(number, number, price);
    }
}
