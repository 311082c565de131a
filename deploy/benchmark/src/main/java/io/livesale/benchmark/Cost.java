package io.livesale.benchmark;

import java.util.List;

/** What rounds of one kind cost. */
record Cost(String of, List<Spent> rounds) {
    /** One round: its usage and the orders it was for. */
    record Spent(Usage usage, long orders) {
        /** Processors the load generator took, on average. */
        double generatorCores() {
            return usage.cores(Actor.GENERATOR);
        }
    }

    Median cpuSecondsPer1000(Actor actor) {
        return Median.of(rounds, round -> round.usage().cpuSecondsPer1000(actor, round.orders()));
    }

    double peakMib(Actor actor) {
        return rounds.stream()
                .mapToDouble(round -> round.usage().peakMib(actor))
                .max()
                .orElse(0);
    }

    boolean uses(Actor actor) {
        return rounds.stream().anyMatch(round -> round.usage().peakBytes().containsKey(actor));
    }

    Median otherCores() {
        return Median.of(rounds, round -> round.usage().otherCores());
    }
}
