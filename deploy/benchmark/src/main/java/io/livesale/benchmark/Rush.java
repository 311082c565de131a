package io.livesale.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Overloads order-service, then lets it return. */
final class Rush {
    /** Of the sustained rate, for what is normal. */
    private static final double HALF = 0.5;

    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final int NORMAL_LOOKS = 10;
    private static final int IN_A_ROW = 3;
    /** Nobody waits longer for a connection. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Lab lab;
    private final Plan plan;
    private final Results results;
    private final SystemUnderTest system;
    private final UUID offer;
    private final double sustained;
    private final Requests orders;

    Rush(Lab lab, Results results, SystemUnderTest system, UUID offer, double sustained) {
        this.lab = lab;
        this.plan = lab.plan();
        this.results = results;
        this.system = system;
        this.offer = offer;
        this.sustained = sustained;
        this.orders = Requests.orders(lab.buyers(), List.of(offer));
    }

    /** One second at half the sustained rate. */
    private record Look(double p99, long backlog) {
        boolean isNoWorseThan(Look normal) {
            return p99 <= normal.p99 && backlog <= normal.backlog;
        }
    }

    Rushed round(double times) {
        Broker.Outcomes outcomes = system.broker().outcomes();
        long acceptedBefore = system.accepted();
        try (Watch watch = new Watch(system);
                Load calm = system.load()) {
            Look normal = normal(calm, watch);
            JvmMemory before = JvmMemory.settled(system.orderServicePid());
            double rate = times * sustained;
            Answers answers;
            JvmMemory connected;
            Meter meter;
            double from;
            Reads reads;
            try (Load crowd = system.load(plan.crowd())) {
                connected = JvmMemory.settled(system.orderServicePid());
                meter = Meter.start(system.processes());
                reads = new Reads(lab, system, offer);
                try (reads) {
                    from = watch.seconds();
                    answers = crowd.run(Pace.open(rate, plan.overload()).patient(PATIENCE), orders);
                }
            }
            Usage usage = meter.stop();
            system.addAccepted(answers.accepted());
            double end = from + answers.seconds();
            List<Watch.Sample> samples = watch.between(from, end);
            double recovered = recovery(calm, watch, normal, end);
            JvmMemory after = JvmMemory.settled(system.orderServicePid());
            watch.awaitDecided();
            Rushed rushed = new Rushed(
                    rate,
                    answers,
                    Trend.of(samples).decidedPerSecond(),
                    samples.stream().mapToLong(Watch.Sample::backlog).max().orElse(0),
                    reads.times(),
                    recovered,
                    new Cost.Spent(usage, answers.accepted()),
                    before,
                    connected,
                    after);
            tell(rushed, normal);
            check(rushed, outcomes, acceptedBefore);
            return rushed;
        }
    }

    private Look normal(Load calm, Watch watch) {
        List<Look> looks = new ArrayList<>();
        while (looks.size() < NORMAL_LOOKS) {
            looks.add(look(calm, watch));
        }
        return new Look(
                looks.stream().mapToDouble(Look::p99).max().orElseThrow(),
                looks.stream().mapToLong(Look::backlog).max().orElseThrow());
    }

    private Look look(Load calm, Watch watch) {
        double from = watch.seconds();
        Answers answers = calm.run(Pace.open(HALF * sustained, LOOK), orders);
        answers.problems().ifPresent(results::problem);
        system.addAccepted(answers.accepted());
        long backlog = watch.between(from, watch.seconds()).stream()
                .mapToLong(Watch.Sample::backlog)
                .max()
                .orElse(0);
        return new Look(answers.millis(99), backlog);
    }

    /** Seconds from the overload's end until the first of three looks in a row that were no worse than the worst before. */
    private double recovery(Load calm, Watch watch, Look normal, double end) {
        double since = 0;
        int inARow = 0;
        while (inARow < IN_A_ROW) {
            double begin = watch.seconds() - end;
            if (begin > plan.overload().toSeconds()) {
                results.problem("not as before %.0f s after an overload".formatted(begin));
                return begin;
            }
            if (look(calm, watch).isNoWorseThan(normal)) {
                since = inARow == 0 ? begin : since;
                inARow++;
            } else {
                inARow = 0;
            }
        }
        return since;
    }

    private void tell(Rushed rushed, Look normal) {
        lab.progress()
                .say(
                        "  %,.0f orders/s: sent %,.0f/s, accepted %,.0f/s, refused %,.0f/s, decided %,.0f/s; p50 %.0f ms,"
                                + " p99 %.0f ms, longest %.0f ms; most waiting %,d; as before (p99 %.0f ms) after %.1f s",
                        rushed.intended(),
                        rushed.sent(),
                        rushed.accepted(),
                        rushed.refused(),
                        rushed.decided(),
                        rushed.millis(50),
                        rushed.millis(99),
                        rushed.millis(100),
                        rushed.mostWaiting(),
                        normal.p99(),
                        rushed.recoveredAfter());
    }

    /** Every order that was accepted has one outcome; so many that nobody knows of may have one, too. */
    private void check(Rushed rushed, Broker.Outcomes outcomes, long acceptedBefore) {
        long accepted = system.accepted() - acceptedBefore;
        long told = outcomes.times().getTotalCount();
        if (told < accepted || told > accepted + rushed.unanswered()) {
            results.problem("%d orders accepted, %d outcomes told".formatted(accepted, told));
        }
        if (rushed.lost() > 0 || rushed.answers().errors(Load.NOT_SENT) > 0) {
            rushed.answers().problems().ifPresent(results::problem);
        }
    }
}
