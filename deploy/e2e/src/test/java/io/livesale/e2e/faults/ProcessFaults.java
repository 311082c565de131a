package io.livesale.e2e.faults;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** Processes that end, or stand still. */
final class ProcessFaults {
    /** Longer than a consumer's session, a transaction's idle time and most time-outs. */
    private static final Duration STANDSTILL = Duration.ofSeconds(90);
    /** Just past the ten seconds after which the broker gives a consumer's partitions to others. */
    private static final Duration PAST_THE_SESSION = Duration.ofSeconds(14);

    private static final Duration ORDERLY_END = Duration.ofSeconds(40);
    private static final Duration PASSING_BY = Duration.ofSeconds(45);
    private static final int KILLED = 128 + 9;
    private static final int TERMINATED = 128 + 15;
    /** Of the next so many calls, one ends the process. */
    private static final int PASSINGS = 5;

    private static final List<String> SERVICES = List.of(Site.CATALOG, Site.ORDER, Site.ORDER_2, Site.PAYOUT);

    private ProcessFaults() {}

    static List<Fault> all() {
        return Stream.of(
                        Stream.concat(Stream.of(Site.KAFKA, Site.POSTGRES), SERVICES.stream())
                                .flatMap(part -> Stream.of(new Kill(part), new Freeze("freeze", part, STANDSTILL))),
                        SERVICES.stream().map(Terminate::new),
                        Stream.of(Site.ORDER, Site.ORDER_2, Site.PAYOUT, Site.CATALOG)
                                .map(part -> new Freeze("zombie", part, PAST_THE_SESSION)),
                        Failpoint.ALL.stream().map(AtFailpoint::new))
                .<Fault>flatMap(some -> some)
                .toList();
    }

    /** {@code kill -9}. */
    private record Kill(String part) implements Fault {
        @Override
        public String name() {
            return "kill:" + part;
        }

        @Override
        public String strike(Site site, Random random) throws Exception {
            Part victim = site.part(part);
            int before = victim.ends();
            victim.kill();
            return ended(victim, before, ORDERLY_END, KILLED);
        }
    }

    /** SIGTERM, as before every upgrade. */
    private record Terminate(String part) implements Fault {
        @Override
        public String name() {
            return "terminate:" + part;
        }

        @Override
        public String strike(Site site, Random random) throws Exception {
            Part victim = site.part(part);
            int before = victim.ends();
            victim.terminate();
            return ended(victim, before, ORDERLY_END, TERMINATED);
        }
    }

    /** SIGSTOP, and SIGCONT when others have long gone on without. */
    private record Freeze(String kind, String part, Duration time) implements Fault {
        @Override
        public String name() {
            return kind + ":" + part;
        }

        @Override
        public String strike(Site site, Random random) throws Exception {
            Part victim = site.part(part);
            long since = System.nanoTime();
            victim.freeze();
            try {
                if (!within(Duration.ofSeconds(5), victim::isFrozen)) {
                    throw new NotProven(part + " runs on");
                }
                TimeUnit.MILLISECONDS.sleep(time.toMillis());
                if (!victim.isFrozen()) {
                    throw new NotProven(part + " did not stand still all the time");
                }
            } finally {
                victim.thaw();
            }
            return "stood still for %d s"
                    .formatted(Duration.ofNanos(System.nanoTime() - since).toSeconds());
        }
    }

    /** Ends by itself at a place in its code. */
    private record AtFailpoint(Failpoint point) implements Fault {
        @Override
        public String name() {
            return "failpoint:" + point.name();
        }

        @Override
        public String strike(Site site, Random random) throws Exception {
            String service =
                    point.service().equals(Site.ORDER) && random.nextBoolean() ? Site.ORDER_2 : point.service();
            Part victim = site.part(service);
            int before = victim.ends();
            int passing = 1 + random.nextInt(PASSINGS);
            point.arm(site.failpointPort(service), passing);
            try {
                return service + ", call " + passing + ": " + ended(victim, before, PASSING_BY, Failpoint.EXIT);
            } catch (NotProven e) {
                point.disarm(site.failpointPort(service));
                throw e;
            }
        }
    }

    private static String ended(Part victim, int before, Duration atMost, int code) throws Fault.NotProven {
        if (!within(atMost, () -> victim.ends() > before)) {
            throw new Fault.NotProven(victim.name() + " did not end");
        }
        if (victim.lastExit() != code) {
            throw new Fault.NotProven(victim.name() + " ended with exit code " + victim.lastExit());
        }
        return "exit code " + code;
    }

    /** Whether that became true within this time. */
    static boolean within(Duration atMost, BooleanSupplier condition) {
        long deadline = System.nanoTime() + atMost.toNanos();
        try {
            while (!condition.getAsBoolean()) {
                if (System.nanoTime() > deadline) {
                    return false;
                }
                TimeUnit.MILLISECONDS.sleep(50);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
