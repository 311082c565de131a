package io.livesale.e2e.faults;

import static java.util.stream.Collectors.toSet;

import io.livesale.e2e.Broker;
import io.livesale.e2e.faults.Journal.Entry;
import io.livesale.e2e.faults.Journal.Told;
import io.vertx.core.json.JsonObject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Looks whether promises I1 to I6 were kept, once nothing moves any more. I7 is that this moment comes at all, see {@link
 * Calm} and {@link Recovery}.
 */
final class Promises {
    static final Duration PAYMENT_WINDOW = Duration.ofSeconds(15);
    static final Duration AFTER_SALES_WINDOW = Duration.ofSeconds(4);

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

    /** What every run sees something of, however short; a promise nobody needed was not tried. */
    private static final Set<String> EVERY_RUN =
            Set.of("order.rejected", "order.paid", "order.expired", "order.cancelled", "order.refunded");

    private final Site site;
    private final Journal journal;
    private final Client operator;
    private final Findings findings = new Findings();

    private Promises(Site site, Journal journal, Client operator) {
        this.site = site;
        this.journal = journal;
        this.operator = operator;
    }

    /** Every promise that does not hold, in words; empty when all do. */
    static List<String> broken(Site site, Journal journal, Client operator) throws SQLException, InterruptedException {
        Promises promises = new Promises(site, journal, operator);
        promises.check();
        return promises.findings.all();
    }

    private void check() throws SQLException, InterruptedException {
        try (Broker broker = new Broker(site.bootstrapServers())) {
            Records records = Records.of(broker);
            OrderModel model = model(records);
            everyAcceptedOrderHasOneOutcome(records);
            nothingComesOfNothing(records);
            noAcceptedRequestIsLost(records);
            unitsAddUp();
            new MoneyPromise(site, operator, findings).check(model, records);
            theDatabaseIsWhatTheLogSays(model, records);
            catalogAgrees(records);
            somethingHappened(records);
        }
    }

    private static OrderModel model(Records records) {
        OrderModel model = new OrderModel(PAYMENT_WINDOW, AFTER_SALES_WINDOW);
        records.commands().stream()
                .sorted(Comparator.<ConsumerRecord<String, byte[]>>comparingInt(ConsumerRecord::partition)
                        .thenComparing(ConsumerRecord::offset))
                .forEach(command -> model.take(Records.type(command), Records.json(command)));
        return model;
    }

    /** I1. */
    private void everyAcceptedOrderHasOneOutcome(Records records) {
        Map<String, Long> outcomes = records.orders().outcomes();
        findings.wrong(
                "I1: accepted orders without exactly one outcome",
                abouts("place", Told.ACCEPTED).stream()
                        .filter(order -> outcomes.getOrDefault(order, 0L) != 1L)
                        .toList());
        findings.wrong("I1: events of which two copies differ", records.orders().unequal());
        Map<String, String> decided = new HashMap<>();
        Records.oneOfEach(records.orders()).stream()
                .filter(event -> Set.of("order.reserved", "order.rejected").contains(Records.type(event)))
                .forEach(event -> decided.put(event.key(), outcome(event)));
        findings.wrong(
                "I1: buyers who were told another outcome",
                journal.of("place", Told.ACCEPTED).stream()
                        .filter(entry -> !Set.of("", "RECEIVED").contains(status(entry.answer())))
                        .filter(entry -> !told(entry.answer()).equals(decided.get(entry.about())))
                        .map(entry -> entry.about() + ": told " + told(entry.answer()) + ", decided "
                                + decided.get(entry.about()))
                        .toList());
        findings.wrong(
                "I1: sound records among the dead letters",
                records.deadLetters().stream()
                        .map(letter -> letter.topic() + " " + letter.offset() + " "
                                + Records.header(letter, "dead-letter-reason"))
                        .toList());
    }

    private static String outcome(ConsumerRecord<String, byte[]> event) {
        return Records.type(event).equals("order.reserved")
                ? "reserved"
                : "rejected " + Records.json(event).getString("reason");
    }

    /** Whatever became of an order later, it was reserved first. */
    private static String told(JsonObject answer) {
        return status(answer).equals("REJECTED") ? "rejected " + answer.getString("reason") : "reserved";
    }

    private static String status(JsonObject order) {
        return order.getString("status", "");
    }

    /** I2. */
    private void nothingComesOfNothing(Records records) {
        Set<String> placed = abouts(records.commands(), "place");
        findings.wrong(
                "I2: outcomes of which there are two, or that no command explains",
                records.orders().outcomes().entrySet().stream()
                        .filter(outcome -> outcome.getValue() != 1 || !placed.contains(outcome.getKey()))
                        .map(Map.Entry::getKey)
                        .toList());
        COMMANDS.keySet()
                .forEach(did -> findings.missing(
                        "I2: in the log and asked for by nobody: " + did,
                        abouts(records.commands(), did),
                        Stream.of(Told.ACCEPTED, Told.UNKNOWN)
                                .flatMap(told -> abouts(did, told).stream())
                                .collect(toSet())));
        Map<String, String> asked = new HashMap<>();
        journal.entries().stream()
                .filter(entry -> entry.did().equals("place"))
                .forEach(entry -> asked.put(entry.about(), words(entry.who(), entry.asked())));
        findings.wrong(
                "I2: commands that are not what the buyer asked for",
                records.commands().stream()
                        .filter(command -> Records.type(command).equals("place-order"))
                        .map(Records::json)
                        .filter(place ->
                                !words(place.getString("buyerId"), place).equals(asked.get(place.getString("orderId"))))
                        .map(JsonObject::encode)
                        .toList());
    }

    private static String words(String buyer, JsonObject order) {
        return buyer + " " + order.getString("offerId") + " " + order.getInteger("quantity");
    }

    /** Beside orders: whatever else was accepted is where it belongs. */
    private void noAcceptedRequestIsLost(Records records) throws SQLException {
        COMMANDS.keySet().forEach(did -> {
            Set<String> there = abouts(records.commands(), did);
            Records.oneOfEach(records.orders()).stream()
                    .filter(event -> Records.type(event).equals(THERE_ALREADY.get(did)))
                    .forEach(event -> there.add(event.key()));
            findings.missing("I1: accepted and not in the log: " + did, abouts(did, Told.ACCEPTED), there);
        });
        findings.missing(
                "I1: accepted and not there: stock adjustments",
                accepted("adjust", entry -> entry.about() + " " + entry.asked().getLong("delta")),
                rows(Site.CATALOG, "SELECT product_id || '/' || adjustment_id || ' ' || delta FROM stock_adjustment"));
        findings.missing(
                "I1: accepted and not there: offers",
                accepted("make-offer", entry -> entry.answer().getString("offerId")),
                rows(Site.CATALOG, "SELECT id FROM offer"));
        findings.missing(
                "I1: accepted and not there: payout accounts",
                abouts("account", Told.ACCEPTED),
                rows(Site.PAYOUT, "SELECT user_id FROM payout_account"));
        findings.missing(
                "I7: settlements that were not done",
                abouts("settle", Told.ACCEPTED),
                rows(Site.PAYOUT, "SELECT id FROM settlement WHERE status = 'DONE'"));
    }

    /** I3. */
    private void unitsAddUp() throws SQLException, InterruptedException {
        findings.wrong("I3: allotment = remaining + reserved + sold", rows(Site.ORDER, """
                SELECT offer_id FROM offer
                WHERE reserved < 0 OR sold < 0 OR allotment - reserved - sold < 0
                """));
        findings.wrong("I3: an offer's reserved units are its orders'", rows(Site.ORDER, """
                SELECT offer_id
                FROM offer
                LEFT JOIN (
                  SELECT offer_id, sum(quantity) FILTER (WHERE status = 'RESERVED') AS reserved
                  FROM orders
                  GROUP BY offer_id) AS held USING (offer_id)
                WHERE offer.reserved <> coalesce(held.reserved, 0)
                """));
        findings.wrong("I3: adjustments = available + allotted + sold", rows(Site.CATALOG, """
                SELECT product.id
                FROM product
                LEFT JOIN (
                  SELECT product_id, sum(delta) AS units FROM stock_adjustment GROUP BY product_id) AS put_in
                ON put_in.product_id = product.id
                WHERE available + allotted + sold <> coalesce(units, 0)
                """));
        JsonObject stock = operator.look("/stock/reconciliation");
        if (stock.getInteger("adrift", -1) != 0) {
            findings.wrong("I3: the catalog's own reconciliation", List.of(stock.encode()));
        }
    }

    /** I5: rows and events alike. */
    private void theDatabaseIsWhatTheLogSays(OrderModel model, Records records) throws SQLException {
        findings.same("I5: orders", model.orders(), words(Site.ORDER, """
                SELECT order_id || '|' || status || ' reason=' || coalesce(reason, 'null') || ' offer=' || offer_id
                       || ' buyer=' || buyer_id || ' quantity=' || quantity
                       || ' total=' || coalesce(total_amount::text, 'null')
                       || ' payment=' || coalesce(payment_id::text, 'null') || ' sequence=' || sequence
                FROM orders
                """));
        findings.same("I5: offers", model.offers(), words(Site.ORDER, """
                SELECT offer_id || '|' || status || ' reserved=' || reserved || ' sold=' || sold
                       || ' orders=' || orders || ' gross=' || gross || ' commission=' || commission
                       || ' version=' || version
                FROM offer
                """));
        Map<String, String> units = new TreeMap<>();
        model.units().forEach((holder, held) -> units.put(holder, held.toString()));
        findings.same("I5: units of buyers", units, words(Site.ORDER, """
                SELECT offer_id || '/' || buyer_id || '|' || units FROM buyer_units
                """));
        Map<String, String> expected = new TreeMap<>();
        model.events().forEach((id, event) -> expected.put(id, event.encode()));
        Map<String, String> told = new TreeMap<>();
        records.orders().copies().forEach((id, copies) -> {
            JsonObject event = Records.json(copies.get(0)).put("type", Records.type(copies.get(0)));
            told.put(
                    id,
                    only(event, model.events().getOrDefault(id, event).fieldNames())
                            .encode());
        });
        findings.same("I5: events", expected, told);
    }

    private static JsonObject only(JsonObject event, Set<String> names) {
        JsonObject some = new JsonObject();
        names.forEach(name -> some.put(name, event.getValue(name)));
        return some;
    }

    /** What catalog-service was promised, and what it has of order-service. */
    private void catalogAgrees(Records records) throws SQLException {
        Set<String> opened = new HashSet<>();
        Set<String> closed = new HashSet<>();
        records.offers()
                .forEach(event -> (Records.type(event).equals("offer.opened") ? opened : closed).add(event.key()));
        findings.missing("I1: opened and not told", abouts("open", Told.ACCEPTED), opened);
        findings.missing("I1: closed and not told", abouts("close", Told.ACCEPTED), closed);
        findings.same("I5: figures of offers in the catalog", words(Site.ORDER, """
                SELECT offer_id || '|' || reserved || ' ' || sold || ' ' || version FROM offer
                """), words(Site.CATALOG, """
                SELECT id || '|' || reserved || ' ' || sold || ' ' || sales_version FROM offer
                WHERE sales_version > 0
                """));
    }

    private void somethingHappened(Records records) throws SQLException {
        Set<String> types =
                Records.oneOfEach(records.orders()).stream().map(Records::type).collect(toSet());
        findings.missing("nothing to look at: no event of", EVERY_RUN, types);
        if (rows(Site.PAYOUT, "SELECT id FROM payout WHERE status = 'PAID' LIMIT 1")
                .isEmpty()) {
            findings.wrong("nothing to look at", List.of("no payout was paid"));
        }
    }

    private Set<String> abouts(String did, Told told) {
        return journal.of(did, told).stream().map(Entry::about).collect(toSet());
    }

    private Set<String> accepted(String did, Function<Entry, String> words) {
        return journal.of(did, Told.ACCEPTED).stream().map(words).collect(toSet());
    }

    /** What the commands of a kind are about, as the journal says it. */
    private static Set<String> abouts(List<ConsumerRecord<String, byte[]>> commands, String did) {
        return commands.stream()
                .filter(command -> Records.type(command).equals(COMMANDS.get(did)))
                .map(Records::json)
                .map(command -> command.getString("orderId")
                        + (did.equals("refund") ? "/" + command.getString("refundId") : ""))
                .collect(Collectors.toCollection(HashSet::new));
    }

    private List<String> rows(String service, String query) throws SQLException {
        return Rows.of(site, service, query);
    }

    private Map<String, String> words(String service, String query) throws SQLException {
        return Rows.words(site, service, query);
    }
}
