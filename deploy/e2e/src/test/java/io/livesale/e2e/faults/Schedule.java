package io.livesale.e2e.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which faults strike in which order, each with a seed of its own: all of it decided before anything runs, so that a seed
 * tells it whole.
 */
record Schedule(long seed, List<Strike> strikes) {
    /**
     * A fault, and when it comes.
     *
     * @param pause after the one before has healed
     * @param seed decides whatever the fault leaves open
     */
    record Strike(Fault fault, Duration pause, long seed) {}

    /** Those of every build: one of each kind, none that takes long or that may find nothing to befall. */
    static final Set<String> EVERY_BUILD = Set.of(
            "failpoint:order.after-commit-before-send",
            "failpoint:payout.after-recording-before-conclusion",
            "kill:kafka",
            "kill:postgresql",
            "zombie:order-service",
            "cut-after-commit:order-service",
            "repeats:order-commands.v1",
            "poison:order-commands.v1");

    private static final int LONGEST_PAUSE_MILLIS = 3000;

    /** A line for each strike; two schedules with the same lines are the same. */
    List<String> lines() {
        return strikes.stream()
                .map(strike -> strike.fault().name() + " after " + strike.pause() + " with " + strike.seed())
                .toList();
    }

    boolean needsSmallDisks() {
        return strikes.stream().anyMatch(strike -> strike.fault().name().startsWith(MachineFaults.DISK_FULL));
    }

    List<Sabotage> sabotage() {
        return strikes.stream()
                .map(Strike::fault)
                .filter(Sabotage.class::isInstance)
                .map(Sabotage.class::cast)
                .toList();
    }

    static List<Fault> all() {
        return Stream.of(
                        ProcessFaults.all(),
                        NetworkFaults.all(),
                        LogFaults.all(),
                        MachineFaults.all(),
                        WebhookFaults.all())
                .flatMap(List::stream)
                .toList();
    }

    /** The faults of every build, in an order of this seed. */
    static Schedule ofEveryBuild(long seed) {
        return of(
                seed,
                all().stream()
                        .filter(fault -> EVERY_BUILD.contains(fault.name()))
                        .toList(),
                1);
    }

    /**
     * Every fault whose name begins so, in an order of this seed; sabotage only where it is asked for.
     *
     * @param only beginnings of names, comma separated; empty for all
     * @param rounds how often each of them strikes
     */
    static Schedule of(long seed, String only, int rounds) {
        List<Fault> faults = Stream.concat(all().stream(), only.isEmpty() ? Stream.empty() : Sabotage.ALL.stream())
                .filter(fault -> Stream.of(only.split(",")).anyMatch(fault.name()::startsWith))
                .toList();
        if (faults.isEmpty()) {
            throw new IllegalArgumentException("no fault's name begins with any of " + only + ": "
                    + all().stream().map(Fault::name).toList());
        }
        return of(seed, faults, rounds);
    }

    private static Schedule of(long seed, List<Fault> faults, int rounds) {
        Random random = new Random(seed);
        List<Strike> strikes = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            List<Fault> order = new ArrayList<>(faults);
            Collections.shuffle(order, random);
            order.forEach(fault -> strikes.add(
                    new Strike(fault, Duration.ofMillis(random.nextInt(LONGEST_PAUSE_MILLIS)), random.nextLong())));
        }
        return new Schedule(seed, List.copyOf(strikes));
    }
}
