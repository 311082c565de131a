package io.livesale.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.HdrHistogram.Histogram;

/** The whole way of an order, accepted and decided, and the ways to drive it: each returns when all is decided. */
final class Pipeline {
    /** Until as many orders wait as may. */
    private static final Duration RAMP = Duration.ofSeconds(3);
    /** The first share of a sustained round, in which the backlog finds its level. */
    private static final double SETTLING = 0.25;
    /** A backlog of so many seconds' orders is growing, without waiting for the end of the round. */
    private static final double RUNAWAY_SECONDS = 5;
    /** Orders that may be unanswered at the end of a sustained round, in seconds of its rate. */
    private static final double LATE_SECONDS = 0.5;

    private final Plan plan;
    private final Results results;
    private final SystemUnderTest system;
    private final Load load;
    private final Requests orders;
    private final Requests noOps;

    Pipeline(Lab lab, Results results, SystemUnderTest system, Load load, List<UUID> offers) {
        this.plan = lab.plan();
        this.results = results;
        this.system = system;
        this.load = load;
        this.orders = Requests.orders(lab.buyers(), offers);
        this.noOps = Requests.noOps(lab.buyers(), offers);
    }

    /** Driven at its limit: orders are sent as fast as they are decided, while only so many may wait. */
    record Limit(double decidedPerSecond, Cost.Spent spent) {}

    /**
     * Driven at a fixed rate.
     *
     * @param level how much the backlog may grow each second, as a share of the rate
     */
    record Sustained(
            double rate,
            double level,
            Answers answers,
            Trend trend,
            long mostWaiting,
            Histogram outcomes,
            Cost.Spent spent) {
        /** Everything was accepted, in time, and the backlog did not grow: then as much was decided. */
        boolean holds() {
            double late = rate * answers.seconds() - answers.inTime();
            return answers.errors().isEmpty() && late <= LATE_SECONDS * rate && trend.perSecond() <= level * rate;
        }
    }

    /** A burst, in seconds from its first order. */
    record Burst(double acceptedAfter, double decidedAfter) {}

    /** What waits is decided, while nothing new comes. */
    record Backlog(double decidedPerSecond, Cost.Spent spent) {}

    /** Returns the orders per second until all were decided, which tells of a cold start where nothing else does. */
    double warmUp() {
        try (Watch watch = new Watch(system)) {
            double begin = watch.seconds();
            Answers answers = send(Pace.closed(plan.warmUp()).atMost(plan.undecided(), watch::decided));
            return answers.accepted() / (watch.awaitDecided().seconds() - begin);
        }
    }

    Limit limit() {
        Duration length = plan.round();
        Meter meter = Meter.start(system.processes());
        try (Watch watch = new Watch(system)) {
            double from = watch.seconds() + RAMP.toSeconds();
            Answers answers = send(Pace.closed(RAMP.plus(length)).atMost(plan.undecided(), watch::decided));
            Trend trend = Trend.of(watch.between(from, from + length.toSeconds()));
            watch.awaitDecided();
            return new Limit(trend.decidedPerSecond(), new Cost.Spent(meter.stop(), answers.accepted()));
        }
    }

    Sustained sustained(double rate, Duration length, double level) {
        Broker.Outcomes outcomes = system.broker().outcomes();
        Meter meter = Meter.start(system.processes());
        try (Watch watch = new Watch(system)) {
            double from = watch.seconds();
            Pace pace = Pace.open(rate, length).until(() -> watch.latest().backlog() > RUNAWAY_SECONDS * rate);
            Answers answers = send(pace);
            double end = from + answers.seconds();
            List<Watch.Sample> samples = watch.between(from + SETTLING * answers.seconds(), end);
            watch.awaitDecided();
            Usage usage = meter.stop();
            Histogram times = outcomes.times();
            if (times.getTotalCount() != answers.accepted()) {
                results.problem(
                        "%d orders accepted, %d outcomes told".formatted(answers.accepted(), times.getTotalCount()));
            }
            long mostWaiting =
                    samples.stream().mapToLong(Watch.Sample::backlog).max().orElse(0);
            return new Sustained(
                    rate,
                    level,
                    answers,
                    Trend.of(samples),
                    mostWaiting,
                    times,
                    new Cost.Spent(usage, answers.accepted()));
        }
    }

    /** What HTTP alone allows just now, in requests per second. */
    double ceiling(Duration length) {
        Answers answers = load.run(Pace.closed(length), noOps);
        answers.problems().ifPresent(results::problem);
        return answers.perSecond();
    }

    Burst burst() {
        try (Watch watch = new Watch(system)) {
            double begin = watch.seconds();
            send(Pace.burst(plan.burst()));
            double accepted = watch.seconds();
            double decided = watch.awaitDecided().seconds();
            return new Burst(accepted - begin, decided - begin);
        }
    }

    /** Counted from the first orders decided: until then the processor is still held. */
    Backlog backlog() {
        Answers answers = system.database().whileHeld(() -> send(Pace.burst(plan.backlog())));
        Meter meter = Meter.start(system.processes());
        try (Watch watch = new Watch(system)) {
            Watch.Sample last = watch.awaitDecided();
            Usage usage = meter.stop();
            List<Watch.Sample> samples = new ArrayList<>(watch.between(0, last.seconds()));
            samples.removeIf(sample -> sample.decided() == watch.first().decided());
            return new Backlog(Trend.of(samples).decidedPerSecond(), new Cost.Spent(usage, answers.accepted()));
        }
    }

    private Answers send(Pace pace) {
        Answers answers = load.run(pace, orders);
        answers.problems().ifPresent(results::problem);
        system.addAccepted(answers.accepted());
        return answers;
    }
}
