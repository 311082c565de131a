package io.livesale.benchmark;

import io.livesale.benchmark.Pipeline.Backlog;
import io.livesale.benchmark.Pipeline.Burst;
import io.livesale.benchmark.Pipeline.Limit;
import io.livesale.benchmark.Pipeline.Sustained;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** The whole pipeline on one hot offer, and on many. */
final class Deciding implements Part {
    @Override
    public void measure(Lab lab, Results results) {
        try (SystemUnderTest system = lab.system(lab.plan().usualPartitions())) {
            system.startOrderService(true);
            List<UUID> hot = system.openOffers(1);
            List<UUID> many = system.openOffers(lab.plan().offers());
            Rounds rounds = new Rounds(lab.plan(), lab.progress(), results);
            try (Load load = system.load()) {
                Pipeline one = new Pipeline(lab, results, system, load, hot);
                rounds.warmUp("one hot offer", system.orderServicePid(), one::warmUp);
                rounds.warmUp(
                        "no-op",
                        system.orderServicePid(),
                        () -> one.ceiling(lab.plan().warmUp()));
                Decided decidedOne = decide("one hot offer", lab, results, rounds, one);
                Pipeline wide = new Pipeline(lab, results, system, load, many);
                rounds.warmUp(many.size() + " offers", system.orderServicePid(), wide::warmUp);
                Decided decidedMany = decide(many.size() + " offers", lab, results, rounds, wide);
                report(results, lab.plan(), decidedOne, decidedMany);
            }
            long stored = system.database().orders();
            if (stored != system.accepted()) {
                results.problem("%d orders accepted, %d stored".formatted(system.accepted(), stored));
            }
        }
    }

    private record Decided(
            String what,
            List<Limit> limits,
            List<Sustained> sustained,
            Median ceiling,
            List<Burst> bursts,
            List<Backlog> backlogs) {}

    private static Decided decide(String what, Lab lab, Results results, Rounds rounds, Pipeline pipeline) {
        List<Limit> limits =
                rounds.measure(what + ", at its limit", " orders/s", pipeline::limit, Limit::decidedPerSecond);
        double limit = Median.of(limits, Limit::decidedPerSecond).value();
        SustainedRate rate =
                new SustainedRate(what, lab, results, pipeline, lab.plan().rounds());
        return new Decided(
                what,
                limits,
                rate.search(limit),
                rate.ceiling(),
                rounds.repeat(what + ", burst decided", " ms", pipeline::burst, burst -> 1000 * burst.decidedAfter()),
                rounds.measure(what + ", from a backlog", " orders/s", pipeline::backlog, Backlog::decidedPerSecond));
    }

    private static void report(Results results, Plan plan, Decided hot, Decided many) {
        results.figure(Figure.SUSTAINED_HOT, Median.of(hot.sustained(), Sustained::rate));
        results.figure(Figure.CEILING_BESIDE, hot.ceiling());
        results.figure(Figure.SUSTAINED_MANY, Median.of(many.sustained(), Sustained::rate));
        results.figure(Figure.BACKLOG_HOT, Median.of(hot.backlogs(), Backlog::decidedPerSecond));
        results.figure(Figure.BACKLOG_MANY, Median.of(many.backlogs(), Backlog::decidedPerSecond));
        for (Decided decided : List.of(hot, many)) {
            results.cost(new Cost(
                    "accepting and deciding at a sustained rate, " + decided.what(),
                    decided.sustained().stream().map(Sustained::spent).toList()));
            results.cost(new Cost(
                    "accepting and deciding at the limit, " + decided.what(),
                    decided.limits().stream().map(Limit::spent).toList()));
            results.cost(new Cost(
                    "deciding a backlog, " + decided.what(),
                    decided.backlogs().stream().map(Backlog::spent).toList()));
        }
        results.section(new Section(
                "Accepting and deciding",
                """
                Sustained is the highest rate tried at which, in every round of %d s of an open load, everything was accepted
                and decided and the backlog (end of the log − `next_offset`) did not grow: its trend stays below %.0f %% of
                the rate. At its limit: orders are sent as fast as they are decided while at most %,d wait. Accept → outcome
                is the time from the order's acceptance to the broker's append of its event to `orders.v1`.
                """.formatted(plan.sustained().toSeconds(), 100 * SustainedRate.LEVEL, plan.undecided()),
                new Table(
                        List.of("", hot.what(), many.what()),
                        lines(plan).map(line -> line.row(hot, many)).toList())));
    }

    /** A line of the table. */
    private record Line(String label, Function<Decided, String> figure) {
        List<String> row(Decided hot, Decided many) {
            return List.of(label, figure.apply(hot), figure.apply(many));
        }
    }

    private static Stream<Line> lines(Plan plan) {
        return Stream.of(
                new Line("no-op POST just before, requests/s", d -> d.ceiling().text(0)),
                new Line("sustained, orders/s", d -> median(d.sustained(), Sustained::rate, 0)),
                new Line(
                        "– accepted/s",
                        d -> median(d.sustained(), s -> s.answers().perSecond(), 0)),
                new Line(
                        "– decided/s", d -> median(d.sustained(), s -> s.trend().decidedPerSecond(), 0)),
                new Line("– most orders waiting", d -> median(d.sustained(), Sustained::mostWaiting, 0)),
                new Line(
                        "– accept p50, ms",
                        d -> median(d.sustained(), s -> s.answers().millis(50), 1)),
                new Line(
                        "– accept p99, ms",
                        d -> median(d.sustained(), s -> s.answers().millis(99), 1)),
                new Line(
                        "– accept → outcome p50, ms",
                        d -> median(d.sustained(), s -> s.outcomes().getValueAtPercentile(50), 0)),
                new Line(
                        "– accept → outcome p99, ms",
                        d -> median(d.sustained(), s -> s.outcomes().getValueAtPercentile(99), 0)),
                new Line("at its limit, orders/s", d -> median(d.limits(), Limit::decidedPerSecond, 0)),
                new Line("decided from a backlog, orders/s", d -> median(d.backlogs(), Backlog::decidedPerSecond, 0)),
                new Line(
                        "burst of %,d accepted after, s".formatted(plan.burst()),
                        d -> median(d.bursts(), Burst::acceptedAfter, 1)),
                new Line("– decided after, s", d -> median(d.bursts(), Burst::decidedAfter, 1)));
    }

    private static <T> String median(List<T> rounds, ToDoubleFunction<T> figure, int decimals) {
        return Median.of(rounds, figure).text(decimals);
    }
}
