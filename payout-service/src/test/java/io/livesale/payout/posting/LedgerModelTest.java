package io.livesale.payout.posting;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.livesale.payout.Database;
import io.livesale.payout.Events;
import io.livesale.payout.OrderPaid;
import io.livesale.payout.PaidOrders;
import io.livesale.stack.StackResource;
import io.livesale.stack.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/** I4 and I5: whatever the batches and repeats, the ledger equals what a plain model makes of each order once. */
@QuarkusTest
@QuarkusTestResource(value = StackResource.class, initArgs = @ResourceArg(name = "database", value = "payouts"))
class LedgerModelTest {
    private static final int EVENTS = 3000;
    private static final int PEOPLE = 12;
    private static final String[] CURRENCIES = {"CNY", "CNY", "CNY", "USD"};

    @Inject
    OrderEvents orderEvents;

    /** {@code -Dledger.seed=…} makes the same orders and batches again. */
    private final long seed =
            Long.getLong("ledger.seed", ThreadLocalRandom.current().nextLong());

    private final Random random = new Random(seed);
    private final String people = "p-" + randomId() + "-";

    @Test
    void equalsThePlainModelWhateverTheBatchesAndRepeats() throws SQLException {
        Map<String, Long> platformBefore = platformBalances();
        List<PaidOrders> log = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            boolean repeat = !log.isEmpty() && random.nextInt(4) == 0;
            log.add(repeat ? log.get(random.nextInt(log.size())) : randomOrder());
        }

        int next = 0;
        while (next < log.size()) {
            int first = Math.min(log.size(), next + 1 + random.nextInt(250));
            int second = Math.min(log.size(), first + random.nextInt(250));
            int overlap = Math.max(0, first - random.nextInt(50));
            // Two replicas at once, the second with some of what the first one has.
            Uni.join()
                    .all(consume(log.subList(next, first)), consume(log.subList(overlap, second)))
                    .andFailFast()
                    .await()
                    .atMost(Duration.ofMinutes(1));
            next = second;
        }

        Map<String, Long> model = model(log);
        for (Map.Entry<String, Long> expected : model.entrySet()) {
            String[] key = expected.getKey().split("/");
            long before = platformBefore.getOrDefault(expected.getKey(), 0L);
            assertEquals(
                    expected.getValue(),
                    Database.balance(key[0], key[1]) - before,
                    "account " + expected.getKey() + ", seed " + seed);
        }
        given().auth()
                .oauth2(Tokens.of("ops", "operator"))
                .get("/ledger/verification")
                .then()
                .statusCode(200)
                .body("unbalanced", equalTo(0))
                .body("driftedBalances", equalTo(0));
    }

    private Uni<Void> consume(List<PaidOrders> orders) {
        return orderEvents.consume(
                Events.batch(orders.stream().map(PaidOrders::event).toList()));
    }

    private PaidOrders randomOrder() {
        boolean gift = random.nextInt(5) == 0;
        PaidOrders order = gift ? PaidOrders.gift() : PaidOrders.sale().seller(people + random.nextInt(PEOPLE));
        return order.orderId(randomId())
                .creator(people + random.nextInt(PEOPLE))
                .commission(random.nextInt(10_001))
                .total(random.nextInt(100_000), CURRENCIES[random.nextInt(CURRENCIES.length)]);
    }

    private UUID randomId() {
        return new UUID(random.nextLong(), random.nextLong());
    }

    /** Written on purpose in another way than the service: floor division of each part, one order at a time. */
    private static Map<String, Long> model(List<PaidOrders> log) {
        Map<UUID, OrderPaid> once = new HashMap<>();
        log.forEach(order -> once.putIfAbsent(order.orderId(), order.order()));
        Map<String, Long> balances = new TreeMap<>();
        once.values().forEach(order -> {
            long gross = order.total().amount();
            String currency = "/" + order.total().currency();
            long commission = Math.floorDiv(gross * order.commissionBasisPoints(), 10_000L);
            long fee = gross - commission;
            if (order.sellerId() != null) {
                fee = Math.min(fee, Math.floorDiv(gross * 500, 10_000L));
                balances.merge(
                        "party:" + order.sellerId() + ":pending" + currency, gross - commission - fee, Long::sum);
            }
            balances.merge("party:" + order.creatorId() + ":pending" + currency, commission, Long::sum);
            balances.merge("platform:fees" + currency, fee, Long::sum);
            balances.merge("psp-clearing" + currency, -gross, Long::sum);
        });
        return balances;
    }

    private static Map<String, Long> platformBalances() throws SQLException {
        Map<String, Long> balances = new HashMap<>();
        for (String account : List.of("platform:fees", "psp-clearing")) {
            for (String currency : List.of("CNY", "USD")) {
                balances.put(account + "/" + currency, Database.balance(account, currency));
            }
        }
        return balances;
    }
}
