package io.livesale.benchmark;

import io.livesale.payout.posting.OwnPostings;
import java.util.List;
import java.util.function.Supplier;

/** What PostgreSQL gives payout-service's own statements: an order in a transaction, and batches, without Kafka. */
final class PostingFloors {
    /** A transaction of its own takes an order some ten times as long. */
    private static final int ONE_BY_ONE = 10;

    private final Lab lab;
    private final Plan plan;
    private final Results results;
    private final Rounds rounds;

    PostingFloors(Lab lab, Results results, Rounds rounds) {
        this.lab = lab;
        this.plan = lab.plan();
        this.results = results;
        this.rounds = rounds;
    }

    private record Written(double perSecond, Cost.Spent spent) {}

    void measure(List<List<String>> rows) {
        try (SystemUnderTest system = lab.system(plan.usualPartitions())) {
            // For its tables.
            system.startPayoutService().stop();
            warmUp(system);
            // First, while the tables are as new as those that payout-service posts to.
            for (int writers : plan.writers()) {
                for (int batch : plan.batchSizes()) {
                    String what = "batches of %d, connections: %d".formatted(batch, writers);
                    keep(what, system, writers, plan.ownWrites(), batch, Figure.POSTED_IN_BATCHES, rows);
                }
            }
            for (int connections : plan.floorConnections()) {
                String what = "one transaction per order, connections: " + connections;
                keep(what, system, connections, plan.ownWrites() / ONE_BY_ONE, 1, Figure.POSTED_ONE_BY_ONE, rows);
            }
        }
    }

    private void warmUp(SystemUnderTest system) {
        try (OwnPostings statements = statements(system, 1)) {
            rounds.warmUp(
                    "postings",
                    ProcessHandle.current().pid(),
                    () -> write(system, statements, plan.ownWrites() / ONE_BY_ONE, 1)
                            .perSecond());
        }
    }

    private void keep(
            String what,
            SystemUnderTest system,
            int connections,
            int orders,
            int batch,
            Figure figure,
            List<List<String>> rows) {
        try (OwnPostings statements = statements(system, connections)) {
            Supplier<Written> round = () -> write(system, statements, orders, batch);
            round.get();
            List<Written> written = rounds.measure(what, " orders/s", round, Written::perSecond);
            Median median = Median.of(written, Written::perSecond);
            rows.add(Posting.row(what, median));
            results.best(figure, median);
            results.cost(new Cost(what, written.stream().map(Written::spent).toList()));
        }
    }

    private static OwnPostings statements(SystemUnderTest system, int connections) {
        return new OwnPostings(system.database().port(), SystemUnderTest.PAYOUTS, connections, PaidOrders.PEOPLE);
    }

    private static Written write(SystemUnderTest system, OwnPostings statements, int orders, int batch) {
        OwnPostings.Work work = statements.price(orders, batch);
        Meter meter = Meter.start(system.processes());
        long begin = System.nanoTime();
        work.writing().run();
        double seconds = (System.nanoTime() - begin) / 1e9;
        return new Written(work.orders() / seconds, new Cost.Spent(meter.stop(), work.orders()));
    }
}
