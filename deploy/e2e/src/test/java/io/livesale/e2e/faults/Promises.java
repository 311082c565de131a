package io.livesale.e2e.faults;

import io.livesale.e2e.Broker;
import io.livesale.e2e.OrderEvents;
import io.livesale.e2e.faults.Journal.Entry;
import io.livesale.e2e.faults.Journal.Told;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Looks whether promises I1 to I6 were kept, once nothing moves any more. I7 is that this moment comes at all, see {@link
 * Calm}.
 */
final class Promises {
    private static final Duration PAYMENT_WINDOW = Duration.ofSeconds(15);
    private static final Duration AFTER_SALES_WINDOW = Duration.ofSeconds(4);
    /** Told in full; what else differs is counted. */
    private static final int MOST_TOLD = 5;

    /** The command that each accepted request became. */
    private static final Map<String, String> COMMANDS = Map.of(
            "place", "place-order",
            "capture", "pay-order",
            "cancel", "cancel-order",
            "ship", "ship-order",
            "deliver", "deliver-order",
            "confirm", "confirm-receipt",
            "refund", "refund-order");

    /** What is told of an order that was there already when somebody asked for it: that is accepted, too. */
    private static final Map<String, String> THERE_ALREADY = Map.of(
            "cancel", "order.cancelled",
            "ship", "order.shipped",
            "deliver", "order.delivered",
            "confirm", "order.completed");

    private final Site site;
    private final Journal journal;
    private final Client operator;
    private final List<String> broken = new ArrayList<>();

    private Promises(Site site, Journal journal, Client operator) {
        this.site = site;
        this.journal = journal;
        this.operator = operator;
    }

    /** Every promise that does not hold, in words; empty when all do. */
    static List<String> broken(Site site, Journal journal, Client operator) throws SQLException, InterruptedException {
        Promises promises = new Promises(site, journal, operator);
        promises.check();
        return promises.broken;
    }

    private void check() throws SQLException, InterruptedException {
        try (Broker broker = new Broker(site.bootstrapServers())) {
            List<ConsumerRecord<String, byte[]>> commands = sound(broker.read("order-commands.v1"));
            OrderEvents orders = OrderEvents.of(sound(broker.read("orders.v1")).stream());
            OrderEvents payouts = OrderEvents.of(sound(broker.read("payouts.v1")).stream());
            everyAcceptedOrderHasOneOutcome(orders);
            nothingComesOfNothing(commands, orders);
            noAcceptedCommandIsLost(commands, orders);
            unitsAddUp();
            moneyAddsUp(orders, payouts);
            theDatabaseIsWhatTheLogSays(commands, orders);
            catalogAgrees(broker);
        }
    }

    /** Without what the run itself put there to be refused. */
    private static List<ConsumerRecord<String, byte[]>> sound(List<ConsumerRecord<String, byte[]>> records) {
        return records.stream().filter(Predicate.not(Poison::isPoison)).toList();
    }

    /** I1. */
    private void everyAcceptedOrderHasOneOutcome(OrderEvents orders) {
        Map<String, Long> outcomes = orders.outcomes();
        differences(
                "I1: accepted orders without exactly one outcome",
                abouts("place", Told.ACCEPTED).stream()
                        .filter(order -> outcomes.getOrDefault(order, 0L) != 1L)
                        .toList());
        differences("I1: events of which two copies differ", orders.unequal());
    }

    /** I2. */
    private void nothingComesOfNothing(List<ConsumerRecord<String, byte[]>> commands, OrderEvents orders) {
        Set<String> asked = new HashSet<>(abouts("place", Told.ACCEPTED));
        asked.addAll(abouts("place", Told.UNKNOWN));
        Set<String> placed = aboutOf(commands, "place-order");
        differences(
                "I2: outcomes that nobody asked for",
                orders.outcomes().entrySet().stream()
                        .filter(outcome -> outcome.getValue() != 1
                                || !placed.contains(outcome.getKey())
                                || !asked.contains(outcome.getKey()))
                        .map(Map.Entry::getKey)
                        .toList());
    }

    /** Beside orders: whatever else was accepted is in the log. */
    private void noAcceptedCommandIsLost(List<ConsumerRecord<String, byte[]>> commands, OrderEvents orders) {
        COMMANDS.forEach((did, type) -> {
            Set<String> missing = new TreeSet<>(abouts(did, Told.ACCEPTED));
            missing.removeAll(aboutOf(commands, type));
            ordered(orders).stream()
                    .filter(event -> header(event, "ce_type").equals(THERE_ALREADY.get(did)))
                    .forEach(event -> missing.remove(event.key()));
            differences("I1: accepted and not in the log: " + did, missing);
        });
    }

    /** I3. */
    private void unitsAddUp() throws SQLException, InterruptedException {
        differences("I3: allotment = remaining + reserved + sold", rows(Site.ORDER, """
                SELECT offer_id FROM offer
                WHERE reserved < 0 OR sold < 0 OR allotment - reserved - sold < 0
                """));
        differences("I3: an offer's reserved and sold are its orders'", rows(Site.ORDER, """
                SELECT offer_id
                FROM offer
                LEFT JOIN (
                  SELECT offer_id, sum(quantity) FILTER (WHERE status = 'RESERVED') AS reserved
                  FROM orders
                  GROUP BY offer_id) AS held USING (offer_id)
                WHERE offer.reserved <> coalesce(held.reserved, 0)
                """));
        JsonObject stock = operator.get("/stock/reconciliation").json();
        if (stock.getInteger("adrift", -1) != 0) {
            broken.add("I3: adjustments = available + allotted + sold: " + stock.encode());
        }
    }

    /** I4. */
    private void moneyAddsUp(OrderEvents orders, OrderEvents payouts) throws SQLException, InterruptedException {
        JsonObject ledger = operator.get("/ledger/verification").json();
        for (String fault :
                List.of("unbalanced", "driftedBalances", "wrongSales", "wrongRefunds", "wrongPayouts", "overpaid")) {
            if (ledger.getLong(fault, -1L) != 0) {
                broken.add("I4: " + fault + ": " + ledger.encode());
            }
        }
        MoneyModel money = new MoneyModel();
        ordered(orders).forEach(event -> money.take(header(event, "ce_id"), header(event, "ce_type"), json(event)));
        same("I4: balances", money.balances(), balances());
        same("I4: a posting of each sale", toMap(money.paidOrders()), toMap(rows(Site.PAYOUT, """
                SELECT order_id FROM ledger_transaction WHERE kind = 'SALE'
                """)));
        Map<String, String> atProvider = new TreeMap<>();
        JsonArray taken = operator.get("/sandbox/psp/payouts").json().getJsonArray("items");
        taken.stream().map(JsonObject.class::cast).forEach(payout -> {
            String before = atProvider.put(
                    payout.getString("payoutId"),
                    payout.getString("status") + " "
                            + payout.getJsonObject("amount").getLong("amount"));
            if (before != null) {
                broken.add("I4: paid twice: " + payout.getString("payoutId"));
            }
        });
        Map<String, String> stored = new TreeMap<>();
        for (String row : rows(Site.PAYOUT, """
                SELECT id || ' ' || status || ' ' || amount FROM payout WHERE status IN ('PAID', 'IN_TRANSIT')
                """)) {
            stored.put(row.split(" ", 2)[0], row.split(" ", 2)[1]);
        }
        same("I4: payouts at the provider", stored, atProvider);
        differences("I4: payout events of which two copies differ", payouts.unequal());
        Map<String, Integer> told = new TreeMap<>();
        ordered(payouts).stream()
                .filter(event -> header(event, "ce_type").equals("payout.paid"))
                .forEach(event -> told.merge(event.key(), 1, Integer::sum));
        same("I4: payouts told as paid", stored.keySet().stream().collect(Collectors.toMap(id -> id, id -> 1)), told);
    }

    private Map<String, Long> balances() throws SQLException {
        Map<String, Long> balances = new TreeMap<>();
        for (String row : rows(Site.PAYOUT, """
                SELECT CASE WHEN account LIKE 'party:%' THEN regexp_replace(account, ':[^:]*$', '') ELSE account END
                       || ' ' || balance
                FROM account_balance
                """)) {
            balances.merge(row.split(" ")[0], Long.parseLong(row.split(" ")[1]), Long::sum);
        }
        balances.values().removeIf(balance -> balance == 0);
        return balances;
    }

    /** I5: rows and events alike. */
    private void theDatabaseIsWhatTheLogSays(List<ConsumerRecord<String, byte[]>> commands, OrderEvents orders)
            throws SQLException {
        OrderModel model = new OrderModel(PAYMENT_WINDOW, AFTER_SALES_WINDOW);
        commands.stream()
                .sorted(Comparator.<ConsumerRecord<String, byte[]>>comparingInt(ConsumerRecord::partition)
                        .thenComparing(ConsumerRecord::offset))
                .forEach(command -> model.take(header(command, "ce_type"), json(command)));
        same("I5: orders", model.orders(), words(Site.ORDER, """
                SELECT order_id || '|' || status || ' reason=' || coalesce(reason, 'null') || ' offer=' || offer_id
                       || ' buyer=' || buyer_id || ' quantity=' || quantity
                       || ' payment=' || coalesce(payment_id::text, 'null') || ' sequence=' || sequence
                FROM orders
                """));
        same("I5: offers", model.offers(), words(Site.ORDER, """
                SELECT offer_id || '|' || status || ' reserved=' || reserved || ' sold=' || sold
                       || ' version=' || version
                FROM offer
                """));
        Map<String, String> units = new TreeMap<>();
        model.units().forEach((holder, held) -> units.put(holder, held.toString()));
        same("I5: units of buyers", units, words(Site.ORDER, """
                SELECT offer_id || '/' || buyer_id || '|' || units FROM buyer_units
                """));
        Map<String, String> told = new TreeMap<>();
        orders.copies().forEach((id, copies) -> told.put(id, header(copies.get(0), "ce_type")));
        same("I5: events", model.events(), told);
    }

    /** What catalog-service was promised, and what it has of order-service. */
    private void catalogAgrees(Broker broker) throws SQLException {
        Set<String> opened = new HashSet<>();
        Set<String> closed = new HashSet<>();
        sound(broker.read("offers.v1"))
                .forEach(event -> (header(event, "ce_type").equals("offer.opened") ? opened : closed).add(event.key()));
        differences("I1: opened and not told", without(abouts("open", Told.ACCEPTED), opened));
        differences("I1: closed and not told", without(abouts("close", Told.ACCEPTED), closed));
        Map<String, String> figures = words(Site.ORDER, """
                SELECT offer_id || '|' || reserved || ' ' || sold || ' ' || version FROM offer
                """);
        same("I5: figures of offers in the catalog", figures, words(Site.CATALOG, """
                SELECT id || '|' || reserved || ' ' || sold || ' ' || sales_version FROM offer
                WHERE sales_version > 0
                """));
        Set<String> settled = new HashSet<>(rows(Site.PAYOUT, "SELECT id FROM settlement WHERE status = 'DONE'"));
        differences("I7: settlements that were not done", without(abouts("settle", Told.ACCEPTED), settled));
    }

    private static Set<String> without(Set<String> all, Set<String> some) {
        Set<String> rest = new TreeSet<>(all);
        rest.removeAll(some);
        return rest;
    }

    private Set<String> abouts(String did, Told told) {
        return journal.of(did, told).stream().map(Entry::about).collect(Collectors.toSet());
    }

    private static Set<String> aboutOf(List<ConsumerRecord<String, byte[]>> commands, String type) {
        return commands.stream()
                .filter(command -> header(command, "ce_type").equals(type))
                .map(command -> json(command).getString("orderId"))
                .collect(Collectors.toSet());
    }

    /** One copy of each event, in the order of their ids. */
    private static List<ConsumerRecord<String, byte[]>> ordered(OrderEvents events) {
        return events.copies().values().stream().map(copies -> copies.get(0)).toList();
    }

    private void differences(String promise, Collection<String> wrong) {
        if (!wrong.isEmpty()) {
            broken.add(promise + ": " + wrong.size() + ", such as "
                    + wrong.stream().limit(MOST_TOLD).toList());
        }
    }

    private <V> void same(String promise, Map<String, V> expected, Map<String, V> found) {
        Set<String> keys = new TreeSet<>(expected.keySet());
        keys.addAll(found.keySet());
        differences(
                promise,
                keys.stream()
                        .filter(key -> !Objects.equals(expected.get(key), found.get(key)))
                        .map(key -> key + ": expected " + expected.get(key) + ", found " + found.get(key))
                        .toList());
    }

    private static Map<String, Integer> toMap(Collection<String> keys) {
        Map<String, Integer> counted = new TreeMap<>();
        keys.forEach(key -> counted.merge(key, 1, Integer::sum));
        return counted;
    }

    private List<String> rows(String service, String query) throws SQLException {
        return Rows.of(site, service, query);
    }

    /** Of rows with an id, a bar and words. */
    private Map<String, String> words(String service, String query) throws SQLException {
        Map<String, String> words = new TreeMap<>();
        rows(service, query).forEach(row -> words.put(row.split("\\|", 2)[0], row.split("\\|", 2)[1]));
        return words;
    }

    private static JsonObject json(ConsumerRecord<String, byte[]> record) {
        return new JsonObject(Buffer.buffer(record.value()));
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
