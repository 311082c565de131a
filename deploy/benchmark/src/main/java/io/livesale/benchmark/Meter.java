package io.livesale.benchmark;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Counts CPU time from its start on and watches memory meanwhile. */
final class Meter {
    private static final long EVERY_MILLIS = 500;

    private final Map<Actor, Long> processes;
    private final Map<Actor, Double> cpuBefore = new EnumMap<>(Actor.class);
    private final Map<Actor, Long> peakBytes = new EnumMap<>(Actor.class);
    private final double busyBefore = Proc.busySeconds();
    private final long begin = System.nanoTime();
    private final ScheduledExecutorService sampling = Executors.newSingleThreadScheduledExecutor();

    private Meter(Map<Actor, Long> processes) {
        this.processes = processes;
        processes.forEach((actor, pid) -> cpuBefore.put(actor, cpuSeconds(actor, pid)));
        sampling.scheduleAtFixedRate(this::sample, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** @param processes by actor, its process id; PostgreSQL's is the one all others of it descend from */
    static Meter start(Map<Actor, Long> processes) {
        return new Meter(processes);
    }

    Usage stop() {
        sampling.shutdownNow();
        double busy = Proc.busySeconds() - busyBefore;
        double seconds = (System.nanoTime() - begin) / 1e9;
        Map<Actor, Double> cpu = new EnumMap<>(Actor.class);
        processes.forEach((actor, pid) -> cpu.put(actor, cpuSeconds(actor, pid) - cpuBefore.get(actor)));
        double ours = cpu.values().stream().mapToDouble(Double::doubleValue).sum();
        sample();
        return new Usage(seconds, cpu, Map.copyOf(peakBytes), Math.max(0, busy - ours) / seconds);
    }

    private synchronized void sample() {
        processes.forEach((actor, pid) -> peakBytes.merge(actor, bytes(actor, pid), Math::max));
    }

    private static double cpuSeconds(Actor actor, long pid) {
        return family(actor, pid).mapToDouble(Proc::cpuSeconds).sum();
    }

    /** What processes of one family share is counted once. */
    private static long bytes(Actor actor, long pid) {
        List<Proc.Resident> family = family(actor, pid).map(Proc::resident).toList();
        return family.stream().mapToLong(Proc.Resident::own).sum()
                + family.stream().mapToLong(Proc.Resident::shared).max().orElse(0);
    }

    private static Stream<Long> family(Actor actor, long pid) {
        Stream<Long> children = actor == Actor.POSTGRESQL
                ? ProcessHandle.of(pid).stream()
                        .flatMap(ProcessHandle::descendants)
                        .map(ProcessHandle::pid)
                : Stream.empty();
        return Stream.concat(List.of(pid).stream(), children);
    }
}
