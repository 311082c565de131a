package io.livesale.benchmark;

import java.time.Duration;
import java.util.List;

/**
 * How long, how often and how much.
 *
 * @param rounds of each figure
 * @param connections the load keeps open
 * @param buyers signed in beforehand
 * @param mostWarmUps rounds after which it goes on although it is not warm yet, and says so
 * @param round of a throughput figure
 * @param sustained round of the rate that is held without a growing backlog
 * @param undecided orders that may wait at most while the pipeline is driven at its limit
 * @param burst orders of a burst
 * @param backlog orders decided from a backlog
 * @param offers of the wide case
 * @param partitions of the command log to compare; the last one is used elsewhere
 * @param stored orders to compare
 * @param floorConnections of the floor to compare
 * @param floorRound round of the floor
 * @param ownWrites orders written by a round of PostgreSQL's own limit
 * @param batchSizes of that to compare
 * @param writers of that to compare
 * @param crowd connections of an overload
 * @param overload how long it lasts, and at most the return from it
 * @param viewers of one session
 * @param paidOrders of a ledger
 * @param paidWarmUp how many of them are posted before it is measured
 */
record Plan(
        int rounds,
        int connections,
        int buyers,
        Duration warmUp,
        int mostWarmUps,
        Duration round,
        Duration sustained,
        int undecided,
        int burst,
        int backlog,
        int offers,
        List<Integer> partitions,
        List<Long> stored,
        List<Integer> floorConnections,
        Duration floorRound,
        int ownWrites,
        List<Integer> batchSizes,
        List<Integer> writers,
        int crowd,
        Duration overload,
        int viewers,
        int paidOrders,
        int paidWarmUp) {

    static Plan full(int rounds, int connections, int crowd, int buyers) {
        return new Plan(
                rounds,
                connections,
                buyers,
                Duration.ofSeconds(5),
                40,
                Duration.ofSeconds(10),
                Duration.ofSeconds(60),
                8_000,
                100_000,
                200_000,
                100,
                List.of(1, 2, 4, 8),
                List.of(10_000L, 1_000_000L, 5_000_000L),
                List.of(1, 2, 4, 8, 16, 32),
                Duration.ofSeconds(5),
                100_000,
                List.of(500, 1000, 2000),
                List.of(1, 2, 4),
                crowd,
                Duration.ofSeconds(60),
                2_000,
                1_000_000,
                200_000);
    }

    /** To try things out: the shape of a run in a few minutes, too short for figures to be trusted. */
    static Plan quick(int rounds, int connections, int crowd, int buyers) {
        return new Plan(
                rounds,
                connections,
                buyers,
                Duration.ofSeconds(3),
                20,
                Duration.ofSeconds(3),
                Duration.ofSeconds(8),
                8_000,
                20_000,
                40_000,
                100,
                List.of(1, 8),
                List.of(10_000L, 200_000L),
                List.of(1, 8),
                Duration.ofSeconds(2),
                20_000,
                List.of(1000),
                List.of(1, 2),
                crowd,
                Duration.ofSeconds(20),
                500,
                100_000,
                50_000);
    }

    int usualPartitions() {
        return partitions.get(partitions.size() - 1);
    }

    long fewestStored() {
        return stored.get(0);
    }
}
