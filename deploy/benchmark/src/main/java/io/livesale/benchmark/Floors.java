package io.livesale.benchmark;

import io.livesale.order.processing.OwnStatements;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What PostgreSQL gives without order-service: one transaction per order, as everyone builds it first; and the very
 * statements order-service writes its batches with, without Kafka and HTTP.
 */
final class Floors {
    private static final int BUYERS = 20_000;

    /** One round trip and one transaction: take a unit of the hot row if there is one, and store the order. */
    private static final String ORDER = """
            WITH taken AS (
                UPDATE offer
                SET reserved = reserved + 1, version = version + 1
                WHERE offer_id = ? AND status = 'OPEN' AND reserved + sold + 1 <= allotment
                RETURNING offer_id)
            INSERT INTO orders (order_id, offer_id, buyer_id, quantity, status, total_amount, total_currency, accepted_at,
                                pay_by, sequence)
            SELECT ?, offer_id, ?, 1, 'RESERVED', 1990, 'CNY', now(), now() + interval '1 day', 1
            FROM taken
            """;

    private final Plan plan;
    private final Results results;
    private final Rounds rounds;
    private final SystemUnderTest system;
    private final UUID hot;

    private Floors(Lab lab, Results results, SystemUnderTest system, UUID hot) {
        this.plan = lab.plan();
        this.results = results;
        this.rounds = new Rounds(plan, lab.progress(), results);
        this.system = system;
        this.hot = hot;
    }

    static void measure(Lab lab, Results results) {
        try (SystemUnderTest system = lab.system(lab.plan().usualPartitions())) {
            system.startOrderService(true);
            UUID hot = system.openOffers(1).get(0);
            system.stopOrderService();
            new Floors(lab, results, system, hot).measure();
        }
    }

    private void measure() {
        List<List<String>> rows = new ArrayList<>();
        oneByOne(rows);
        ownWrites(rows);
        results.section(new Section("PostgreSQL alone", """
                One transaction per order: a conditional update of the hot offer's row and the insert into the same `orders`
                table, one prepared statement and one round trip. Set-based: order-service's own statements for batches that
                were decided beforehand, each writer on an offer and a partition of its own, by the same driver; packing a
                batch's events and laying out its columns is part of it. Kafka is idle, order-service stopped.
                """, new Table(List.of("writes", "orders/s"), rows)));
    }

    /** What a round wrote. */
    private record Written(double perSecond, Cost.Spent spent) {}

    private void oneByOne(List<List<String>> rows) {
        rounds.warmUp(
                "one by one",
                ProcessHandle.current().pid(),
                () -> oneByOne(plan.floorConnections().get(0)).perSecond());
        for (int connections : plan.floorConnections()) {
            oneByOne(connections);
            keep(
                    "one by one, %s".formatted(counted(connections, "connection")),
                    () -> oneByOne(connections),
                    Figure.FLOOR,
                    rows);
        }
    }

    /** Over this many connections, each sending its next order once the last is committed. */
    private Written oneByOne(int connections) {
        List<Connection> opened =
                Stream.generate(system.database()::connect).limit(connections).toList();
        Meter meter = Meter.start(system.processes());
        long begin = System.nanoTime();
        long end = begin + plan.floorRound().toNanos();
        long orders =
                together(opened.stream()
                                .map(connection -> (Callable<Long>) () -> orders(connection, end))
                                .toList())
                        .stream()
                        .mapToLong(Long::longValue)
                        .sum();
        double seconds = (System.nanoTime() - begin) / 1e9;
        Written written = new Written(orders / seconds, new Cost.Spent(meter.stop(), orders));
        // Only now, for PostgreSQL would take what they cost with them.
        opened.forEach(Database::close);
        return written;
    }

    private long orders(Connection connection, long end) throws SQLException {
        try (PreparedStatement order = connection.prepareStatement(ORDER)) {
            long count = 0;
            while (System.nanoTime() < end) {
                UUID orderId = UUID.randomUUID();
                order.setObject(1, hot);
                order.setObject(2, orderId);
                order.setString(3, "buyer-" + Math.floorMod(orderId.hashCode(), BUYERS));
                if (order.executeUpdate() != 1) {
                    throw new IllegalStateException("the floor's order was not stored");
                }
                count++;
            }
            return count;
        }
    }

    private void ownWrites(List<List<String>> rows) {
        try (OwnStatements statements = connect(1)) {
            rounds.warmUp(
                    "set-based",
                    ProcessHandle.current().pid(),
                    () -> ownWrites(statements, plan.batchSizes().get(0)).perSecond());
        }
        for (int writers : plan.writers()) {
            for (int batch : plan.batchSizes()) {
                try (OwnStatements statements = connect(writers)) {
                    ownWrites(statements, batch);
                    keep(
                            "set-based, batches of %d, %s".formatted(batch, counted(writers, "writer")),
                            () -> ownWrites(statements, batch),
                            Figure.OWN_WRITES,
                            rows);
                }
            }
        }
    }

    private OwnStatements connect(int writers) {
        return new OwnStatements(system.database().port(), Database.NAME, writers);
    }

    private Written ownWrites(OwnStatements statements, int batch) {
        OwnStatements.Work work = statements.decide(plan.ownWrites(), batch);
        Meter meter = Meter.start(system.processes());
        long begin = System.nanoTime();
        work.writing().run();
        double seconds = (System.nanoTime() - begin) / 1e9;
        return new Written(work.orders() / seconds, new Cost.Spent(meter.stop(), work.orders()));
    }

    private void keep(String what, Supplier<Written> round, Figure figure, List<List<String>> rows) {
        List<Written> written = rounds.measure(what, " orders/s", round, Written::perSecond);
        Median median = Median.of(written, Written::perSecond);
        rows.add(List.of(what, median.text(0)));
        results.best(figure, median);
        results.cost(new Cost(what, written.stream().map(Written::spent).toList()));
    }

    private static String counted(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    private static <T> List<T> together(List<Callable<T>> work) {
        ExecutorService threads = Executors.newFixedThreadPool(work.size());
        try {
            List<T> done = new ArrayList<>();
            for (Future<T> future : threads.invokeAll(work)) {
                done.add(future.get());
            }
            return done;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotRun("interrupted");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }
}
