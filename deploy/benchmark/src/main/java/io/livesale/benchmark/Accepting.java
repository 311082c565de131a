package io.livesale.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * What order-service accepts on one hot offer while its processor is idle, beside what HTTP, authentication and JSON
 * alone allow: the no-op endpoint, in turns with it in the same process.
 */
final class Accepting implements Part {
    /** An open load at the very limit would only tell how long it lasted. */
    private static final double FULL = 0.95;

    private static final double HALF = 0.5;

    @Override
    public void measure(Lab lab, Results results) {
        Plan plan = lab.plan();
        try (SystemUnderTest system = lab.system(plan.usualPartitions())) {
            system.startOrderService(true);
            List<UUID> hot = system.openOffers(1);
            system.startOrderService(false);
            try (Load load = system.load()) {
                new Measuring(lab, results, system, load, hot).run();
            }
        }
    }

    private static final class Measuring {
        private final Lab lab;
        private final Plan plan;
        private final Results results;
        private final SystemUnderTest system;
        private final Load load;
        private final Rounds rounds;
        private final Requests noOps;
        private final Requests orders;

        Measuring(Lab lab, Results results, SystemUnderTest system, Load load, List<UUID> hot) {
            this.lab = lab;
            this.plan = lab.plan();
            this.results = results;
            this.system = system;
            this.load = load;
            this.rounds = new Rounds(plan, lab.progress(), results);
            this.noOps = Requests.noOps(lab.buyers(), hot);
            this.orders = Requests.orders(lab.buyers(), hot);
        }

        void run() {
            rounds.warmUp(
                    "no-op",
                    system.orderServicePid(),
                    () -> closed(noOps, plan.warmUp()).perSecond());
            rounds.warmUp(
                    "intake",
                    system.orderServicePid(),
                    () -> closed(orders, plan.warmUp()).perSecond());
            List<Round> ceilings = new ArrayList<>();
            List<Round> intakes = new ArrayList<>();
            List<Round> full = new ArrayList<>();
            List<Round> half = new ArrayList<>();
            for (int number = 1; number <= plan.rounds(); number++) {
                ceilings.add(closed(noOps, plan.round()));
                intakes.add(closed(orders, plan.round()));
                double rate = last(intakes).perSecond();
                full.add(open(FULL * rate));
                half.add(open(HALF * rate));
                rounds.tell("no-op", number, last(ceilings).perSecond(), " requests/s");
                rounds.tell("intake", number, rate, " orders/s");
                rounds.tell("full load, p99", number, last(full).millis(99), " ms");
                rounds.tell("half load, p99", number, last(half).millis(99), " ms");
            }
            rounds.requireAgreement("no-op", ceilings, Round::perSecond);
            rounds.requireAgreement("intake", intakes, Round::perSecond);
            report(ceilings, intakes, full, half);
        }

        private void report(List<Round> ceilings, List<Round> intakes, List<Round> full, List<Round> half) {
            results.figure(Figure.CEILING, Median.of(ceilings, Round::perSecond));
            results.figure(Figure.INTAKE, Median.of(intakes, Round::perSecond));
            results.figure(Figure.HALF_LOAD_P99, Median.of(half, round -> round.millis(99)));
            results.cost(cost("no-op POST", ceilings));
            results.cost(cost("accepting, full speed", intakes));
            results.cost(cost("accepting, half load", half));
            results.section(new Section(
                    "Accepting, the processor idle",
                    """
                    One hot offer. Closed: %d connections, each sending again once answered, which shows the most that is
                    accepted. Open: orders start at fixed times whether or not earlier ones were answered, and each one's
                    time runs from when it was to start; full load is %.0f %% of what the closed load of the same round
                    reached, half load %.0f %%.
                    """.formatted(plan.connections(), 100 * FULL, 100 * HALF),
                    new Table(
                            List.of("load", "accepted/s", "p50 ms", "p99 ms", "p99.9 ms"),
                            List.of(
                                    row("no-op POST, closed", ceilings),
                                    row("orders, closed", intakes),
                                    row("orders, open, full load", full),
                                    row("orders, open, half load", half)))));
        }

        private Round closed(Requests requests, Duration length) {
            return Round.run(system, load, Pace.closed(length), requests, results);
        }

        private Round open(double perSecond) {
            return Round.run(system, load, Pace.open(perSecond, plan.round()), orders, results);
        }

        private static Cost cost(String of, List<Round> rounds) {
            return new Cost(of, rounds.stream().map(Round::spent).toList());
        }

        private static List<String> row(String label, List<Round> rounds) {
            return List.of(
                    label,
                    Median.of(rounds, Round::perSecond).text(0),
                    millis(rounds, 50),
                    millis(rounds, 99),
                    millis(rounds, 99.9));
        }

        private static String millis(List<Round> rounds, double percentile) {
            return Median.of(rounds, round -> round.millis(percentile)).text(1);
        }

        private static Round last(List<Round> rounds) {
            return rounds.get(rounds.size() - 1);
        }
    }
}
