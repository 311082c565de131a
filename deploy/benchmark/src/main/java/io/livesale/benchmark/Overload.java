package io.livesale.benchmark;

import io.livesale.benchmark.Pipeline.Sustained;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.ToDoubleFunction;

/** What becomes of order-service when three times as much comes as it sustains, and once that is over. */
final class Overload implements Part {
    private static final double TIMES = 3;

    @Override
    public void measure(Lab lab, Results results) {
        Plan plan = lab.plan();
        try (SystemUnderTest system = lab.system(plan.usualPartitions())) {
            system.startOrderService(true);
            List<UUID> hot = system.openOffers(1);
            Rounds rounds = new Rounds(plan, lab.progress(), results);
            Sustained peak;
            try (Load load = system.load()) {
                Pipeline pipeline = new Pipeline(lab, results, system, load, hot);
                rounds.warmUp("one hot offer", system.orderServicePid(), pipeline::warmUp);
                double limit = pipeline.limit().decidedPerSecond();
                peak = new SustainedRate("one hot offer", lab, results, pipeline, 1)
                        .search(limit)
                        .get(0);
            }
            Rush rush = new Rush(lab, results, system, hot.get(0), peak.rate());
            List<Rushed> rushes = new ArrayList<>();
            for (int round = 0; round < plan.rounds(); round++) {
                rushes.add(rush.round(TIMES));
            }
            report(results, plan, peak, rushes);
            requireAllStored(results, system, rushes);
        }
    }

    /** Whoever got no answer may have been accepted all the same; whoever was told so must have been, and once. */
    private static void requireAllStored(Results results, SystemUnderTest system, List<Rushed> rushes) {
        long stored = system.database().orders();
        long unanswered = rushes.stream().mapToLong(Rushed::unanswered).sum();
        if (stored < system.accepted() || stored > system.accepted() + unanswered) {
            results.problem("%d orders accepted, %d without an answer, %d stored"
                    .formatted(system.accepted(), unanswered, stored));
        }
    }

    private static void report(Results results, Plan plan, Sustained peak, List<Rushed> rushes) {
        double before = peak.answers().perSecond();
        results.figure(Figure.BEFORE_OVERLOAD, Median.of(before));
        results.figure(Figure.OVERLOADED, Median.of(rushes, Rushed::accepted));
        results.figure(Figure.OVERLOAD_P99, Median.of(rushes, rush -> rush.millis(99)));
        // Of all rounds together: a median would hide the one that lost some.
        results.figure(
                Figure.OVERLOAD_LOST,
                Median.of(rushes.stream().mapToLong(Rushed::lost).sum()));
        results.figure(Figure.RECOVERED, Median.of(rushes, Rushed::recoveredAfter));
        results.cost(new Cost("accepting and deciding before an overload", List.of(peak.spent())));
        results.cost(new Cost(
                "accepting, refusing and deciding in an overload",
                rushes.stream().map(Rushed::spent).toList()));
        double cores = Runtime.getRuntime().availableProcessors();
        double left = cores - peak.spent().generatorCores();
        results.section(new Section(
                "Overload",
                """
                Of one hot offer %,.0f orders/s are sustained (%,.0f accepted/s in the round that shows it). Then %.0f times
                as many come for %d s, at fixed times whatever becomes of those before, on %,d connections; then half
                the sustained rate, until each of three seconds in a row is no slower, and the backlog no longer, than the
                worst of ten seconds at that rate before. The generator takes its CPU from the same cores, three times as
                much of it then: the line *per core left* divides each figure by what the generator leaves over. What finds
                no connection for a second is counted as not sent. Reads are single requests meanwhile, ten a second: an
                offer's availability and an order from the database.
                """.formatted(peak.rate(), before, TIMES, plan.overload().toSeconds(), plan.crowd()),
                new Table(
                        List.of("", "at " + (int) TIMES + " × the sustained rate"),
                        List.of(
                                row("intended/s", rushes, Rushed::intended, 0),
                                row("sent/s", rushes, Rushed::sent, 0),
                                row("accepted/s (202)", rushes, Rushed::accepted, 0),
                                row("– ÷ before, %", rushes, rush -> 100 * rush.accepted() / before, 0),
                                row(
                                        "– per core left, ÷ before, %",
                                        rushes,
                                        rush -> 100
                                                * (rush.accepted()
                                                        / (cores - rush.spent().generatorCores()))
                                                / (before / left),
                                        0),
                                row("decided/s meanwhile", rushes, Rushed::decided, 0),
                                row("refused/s, told when to come back", rushes, Rushed::refused, 0),
                                row("any other answer, or none", rushes, Rushed::lost, 0),
                                row("answer p50, ms", rushes, rush -> rush.millis(50), 0),
                                row("answer p99, ms", rushes, rush -> rush.millis(99), 0),
                                row("longest answer, ms", rushes, rush -> rush.millis(100), 0),
                                row(
                                        "accepted p99, ms",
                                        rushes,
                                        rush -> rush.answers().millis(99),
                                        0),
                                row("reads, p99 of their times, ms", rushes, Rushed::readMillis, 0),
                                row("most orders waiting", rushes, Rushed::mostWaiting, 0),
                                row("as before after, s", rushes, Rushed::recoveredAfter, 1),
                                row(
                                        "objects in use before, MiB",
                                        rushes,
                                        rush -> mib(rush.before().heap()),
                                        1),
                                row(
                                        "– with all connections",
                                        rushes,
                                        rush -> mib(rush.connected().heap()),
                                        1),
                                row("– after", rushes, rush -> mib(rush.after().heap()), 1),
                                row(
                                        "resident (RSS) before, MiB",
                                        rushes,
                                        rush -> mib(rush.before().resident()),
                                        0),
                                row("– at most, meanwhile", rushes, Rushed::peakMib, 0),
                                row("– after", rushes, rush -> mib(rush.after().resident()), 0)))));
    }

    private static double mib(long bytes) {
        return bytes / (1024.0 * 1024.0);
    }

    private static List<String> row(String label, List<Rushed> rushes, ToDoubleFunction<Rushed> figure, int decimals) {
        return List.of(label, Median.of(rushes, figure).text(decimals));
    }
}
