package io.livesale.payout.impact;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.livesale.payout.Database;
import io.livesale.payout.OrderTopic;
import io.livesale.payout.PaidOrders;
import io.livesale.stack.StackResource;
import io.livesale.stack.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/** I5 for reports: each of its tables adds up to what a plain sum of the sales comes to. */
@QuarkusTest
@QuarkusTestResource(value = StackResource.class, initArgs = @ResourceArg(name = "database", value = "payouts"))
class ImpactModelTest {
    private static final int SALES = 400;
    private static final int DAYS = 6;
    private static final String[] CURRENCIES = {"CNY", "CNY", "USD"};
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private final long seed = ThreadLocalRandom.current().nextLong();
    private final Random random = new Random(seed);
    private final LocalDate first = LocalDate.of(5000, 1, 1).plusDays(10L * random.nextInt(100_000));
    private final UUID session = UUID.randomUUID();

    /** A sale, in minor units. */
    private record Sold(long gross, long creator, long seller, long fee) {
        Sold plus(Sold other) {
            return new Sold(gross + other.gross, creator + other.creator, seller + other.seller, fee + other.fee);
        }
    }

    @Test
    void equalsAPlainSumOfTheSales() {
        List<PaidOrders> orders = new ArrayList<>();
        Map<String, Sold> byDay = new TreeMap<>();
        Map<String, Sold> byCounty = new TreeMap<>();
        Map<String, Sold> totals = new TreeMap<>();
        for (int i = 0; i < SALES; i++) {
            LocalDate day = first.plusDays(random.nextInt(DAYS));
            Instant at = day.atStartOfDay(ZONE).toInstant().plusMillis(random.nextInt(24 * 3_600_000));
            String currency = CURRENCIES[random.nextInt(CURRENCIES.length)];
            String county = "county-" + random.nextInt(4);
            long gross = random.nextInt(100_000);
            orders.add(PaidOrders.sale()
                    .offer(UUID.randomUUID(), session)
                    .county(county)
                    .total(gross, currency)
                    .at(at));
            long fee = Math.floorDiv(gross * 500, 10_000L);
            long creator = Math.floorDiv(gross * 2000, 10_000L);
            Sold sold = new Sold(gross, creator, gross - creator - fee, fee);
            totals.merge(currency, sold, Sold::plus);
            byDay.merge(day + " " + currency, sold, Sold::plus);
            byCounty.merge(county + " " + currency, sold, Sold::plus);
        }
        OrderTopic.send(orders.stream().map(PaidOrders::event).toList());
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertEquals(
                        SALES, Database.number("SELECT count(*) FROM sale WHERE session_id = '" + session + "'")));

        JsonPath report = given().auth()
                .oauth2(Tokens.of("ops", "operator"))
                .get("/reports/impact?from=" + first + "&to=" + first.plusDays(DAYS - 1))
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();

        assertEquals(totals, read(report.getList("totals"), ""), "seed " + seed);
        assertEquals(byDay, read(report.getList("byDay"), "day"), "seed " + seed);
        assertEquals(byCounty, read(report.getList("byCounty"), "county"), "seed " + seed);
    }

    private static Map<String, Sold> read(List<Map<String, Object>> lines, String by) {
        Map<String, Sold> table = new TreeMap<>();
        for (Map<String, Object> line : lines) {
            String key = (line.getOrDefault(by, "") + " " + line.get("currency")).strip();
            Sold sold = new Sold(
                    amount(line, "gross"),
                    amount(line, "creatorIncome"),
                    amount(line, "sellerIncome"),
                    amount(line, "fees"));
            assertNull(table.put(key, sold), "two lines of " + key);
        }
        return table;
    }

    private static long amount(Map<String, Object> line, String field) {
        return ((Number) ((Map<?, ?>) line.get(field)).get("amount")).longValue();
    }
}
