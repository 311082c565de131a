package io.livesale.benchmark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** How fast payout-service posts paid orders to its ledger, and how long it takes to verify all of it. */
final class Posting implements Part {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);
    /** A poll takes a fraction of a second; without any in so long something is wrong. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final Duration LONGEST_VERIFICATION = Duration.ofMinutes(10);
    private static final List<String> FAULTS =
            List.of("unbalanced", "driftedBalances", "wrongSales", "wrongRefunds", "wrongPayouts", "overpaid");
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * One round, on a new database.
     *
     * @param verified after so many seconds
     */
    private record Posted(double perSecond, Cost.Spent spent, double verified, Cost.Spent verifying) {}

    @Override
    public void measure(Lab lab, Results results) {
        Rounds rounds = new Rounds(lab.plan(), lab.progress(), results);
        List<Posted> posted =
                rounds.measure("paid orders posted", " orders/s", () -> round(lab, results), Posted::perSecond);
        Median perSecond = Median.of(posted, Posted::perSecond);
        results.figure(Figure.POSTED, perSecond);
        results.figure(Figure.VERIFIED, Median.of(posted, Posted::verified));
        results.cost(new Cost(
                "posting paid orders", posted.stream().map(Posted::spent).toList()));
        results.cost(new Cost(
                "verifying the ledger", posted.stream().map(Posted::verifying).toList()));
        List<List<String>> rows = new ArrayList<>();
        rows.add(row("payout-service, from the log", perSecond));
        new PostingFloors(lab, results, rounds).measure(rows);
        report(lab.plan(), results, rows);
    }

    /** The log is filled before the service starts, so that Kafka is all but idle, and no restart makes it cold. */
    private static Posted round(Lab lab, Results results) {
        int orders = lab.plan().paidOrders();
        try (SystemUnderTest system = lab.system(lab.plan().usualPartitions())) {
            lab.progress().say("  putting %,d paid orders into the log", orders);
            PaidOrders.send(system.broker().bootstrapServers(), orders);
            ServiceProcess payout = system.startPayoutService();
            try (Database ledger = system.ledger()) {
                long from = await(lab.plan().paidWarmUp(), ledger);
                Meter meter = Meter.start(system.processes());
                double usedBefore = Proc.cpuSeconds(payout.pid());
                double compiledBefore = Proc.compilerSeconds(payout.pid());
                long begin = System.nanoTime();
                long to = await(orders, ledger);
                double seconds = seconds(begin);
                double compiling = (Proc.compilerSeconds(payout.pid()) - compiledBefore)
                        / (Proc.cpuSeconds(payout.pid()) - usedBefore);
                Cost.Spent spent = new Cost.Spent(meter.stop(), to - from);
                if (compiling > Rounds.COMPILING) {
                    results.problem("paid orders posted: not warm, compiling took %.0f %%".formatted(100 * compiling));
                }
                requireExact(orders, ledger, results);
                return verify(lab, results, system, payout, (to - from) / seconds, spent);
            }
        }
    }

    private static Posted verify(
            Lab lab,
            Results results,
            SystemUnderTest system,
            ServiceProcess payout,
            double perSecond,
            Cost.Spent spent) {
        int orders = lab.plan().paidOrders();
        String operator = lab.tokens().issue("ops", Set.of("operator"));
        lab.progress().say("  verifying the ledger");
        Meter meter = Meter.start(system.processes());
        long begin = System.nanoTime();
        String answer = payout.call("GET", "/ledger/verification", operator, "", LONGEST_VERIFICATION);
        double seconds = seconds(begin);
        Cost.Spent verifying = new Cost.Spent(meter.stop(), orders);
        JsonNode found = json(answer);
        if (found.path("transactions").asLong() != orders
                || FAULTS.stream().anyMatch(fault -> found.path(fault).asLong(-1) != 0)) {
            results.problem("the ledger of %,d orders does not verify: %s".formatted(orders, answer));
        }
        return new Posted(perSecond, spent, seconds, verifying);
    }

    /** Waits until so many orders are posted, and returns how many are. */
    private static long await(long orders, Database ledger) {
        long posted = posted(ledger);
        long movedAt = System.nanoTime();
        while (posted < orders) {
            Lab.pause(LOOK_AGAIN);
            long before = posted;
            posted = posted(ledger);
            if (posted > before) {
                movedAt = System.nanoTime();
            } else if (System.nanoTime() - movedAt > PATIENCE.toNanos()) {
                throw new CannotRun("payout-service posts no more, after %,d paid orders".formatted(posted));
            }
        }
        return posted;
    }

    /** Told by one row: counting the orders would take from what is measured. */
    private static long posted(Database ledger) {
        return ledger.number("SELECT coalesce(-sum(balance), 0)::bigint / " + PaidOrders.GROSS
                + " FROM account_balance WHERE account = 'psp-clearing'");
    }

    private static void requireExact(long orders, Database ledger, Results results) {
        long sales = ledger.number("SELECT count(*) FROM sale");
        long postings = ledger.number("SELECT count(*) FROM posting");
        if (sales != orders || postings != PaidOrders.POSTINGS * orders) {
            results.problem("%,d orders paid, %,d sales and %,d postings stored".formatted(orders, sales, postings));
        }
    }

    private static JsonNode json(String answer) {
        try {
            return JSON.readTree(answer);
        } catch (JsonProcessingException e) {
            throw new CannotRun("the verification was not answered with JSON: " + e.getMessage());
        }
    }

    private static double seconds(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }

    /** Orders and postings per second. */
    static List<String> row(String what, Median orders) {
        Median postings = Median.of(
                List.of(orders.least(), orders.value(), orders.most()), perSecond -> PaidOrders.POSTINGS * perSecond);
        return List.of(what, orders.text(0), postings.text(0));
    }

    private static void report(Plan plan, Results results, List<List<String>> rows) {
        results.section(new Section(
                "Posting paid orders",
                """
                %,d paid orders of %,d sellers and as many creators wait in `orders.v1` when payout-service starts on a new
                database; the first %,d warm it up. Each has %d postings, two of them to accounts that every order touches.
                Below it payout-service's own statements for sales priced beforehand, by the same driver, laying out their
                columns included, without Kafka, on another new database: in batches, and for each order in a transaction
                of its own, which is six round trips.
                """.formatted(plan.paidOrders(), PaidOrders.PEOPLE, plan.paidWarmUp(), PaidOrders.POSTINGS),
                new Table(List.of("", "orders/s", "postings/s"), rows)));
        results.section(new Section(
                "Verifying the ledger",
                "`GET /ledger/verification` of those %,d orders, right after they were posted."
                        .formatted(plan.paidOrders()),
                new Table(
                        List.of("", "the whole ledger"),
                        List.of(List.of(
                                "verified after, s",
                                results.figure(Figure.VERIFIED).orElseThrow().text(1))))));
    }
}
