package io.livesale.e2e.faults;

import io.livesale.e2e.Broker;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** Processes that end, or stand still. */
final class ProcessFaults {
    /** Longer than a consumer's session, a transaction's idle time and most time-outs. */
    private static final Duration STANDSTILL = Duration.ofSeconds(90);
    /** Long enough for another to take over what a process is in the middle of. */
    private static final Duration ON_WITHOUT = Duration.ofSeconds(5);

    /** What Kubernetes waits before it kills. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    private static final Duration ORDERLY_END = Duration.ofSeconds(40);
    private static final Duration PASSING_BY = Duration.ofSeconds(45);
    private static final int KILLED = 128 + 9;
    /** Of the next so many calls, one ends the process. */
    private static final int PASSINGS = 5;

    private static final List<String> SERVICES = List.of(Site.CATALOG, Site.ORDER, Site.ORDER_2, Site.PAYOUT);

    private ProcessFaults() {}

    static List<Fault> all() {
        return Stream.of(
                        Stream.concat(Stream.of(Site.KAFKA, Site.POSTGRES), SERVICES.stream())
                                .flatMap(part -> Stream.of(new Kill(part), new Freeze(part))),
                        SERVICES.stream().map(Terminate::new),
                        Stream.of(Site.ORDER, Site.ORDER_2).map(Zombie::new),
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
            List<ProcessHandle> all = processes(victim);
            victim.kill();
            String proof = ended(victim, before, ORDERLY_END, KILLED);
            if (!within(ORDERLY_END, () -> all.stream().noneMatch(ProcessHandle::isAlive))) {
                throw new NotProven("some of " + part + " lives on");
            }
            return proof + ", processes gone: " + all.size();
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
            long asked = System.nanoTime();
            victim.terminate();
            if (!within(GRACE, () -> victim.ends() > before)) {
                throw new IllegalStateException(part + " did not end within " + GRACE);
            }
            return "ended by itself after %.1f s, exit code %d"
                    .formatted((System.nanoTime() - asked) / 1e9, victim.lastExit());
        }
    }

    /** SIGSTOP, and SIGCONT when others have long gone on without. */
    private record Freeze(String part) implements Fault {
        @Override
        public String name() {
            return "freeze:" + part;
        }

        @Override
        public String strike(Site site, Random random) throws Exception {
            Part victim = site.part(part);
            int all = processes(victim).size();
            long since = System.nanoTime();
            victim.freeze();
            try {
                requireFrozen(victim);
                TimeUnit.MILLISECONDS.sleep(STANDSTILL.toMillis());
                requireFrozen(victim);
            } finally {
                victim.thaw();
            }
            return "stood still for %d s, processes: %d"
                    .formatted(Duration.ofNanos(System.nanoTime() - since).toSeconds(), all);
        }
    }

    /** Stands still until the other replica has its partitions, and then goes on as if nothing had been. */
    private record Zombie(String part) implements Fault {
        private static final String GROUP = "order-service.decide";
        /** After a start, members come and go. */
        private static final Duration BOTH_IN = Duration.ofSeconds(60);
        /** The session is ten seconds. */
        private static final Duration MISSED = Duration.ofSeconds(40);

        @Override
        public String name() {
            return "zombie:" + part;
        }

        @Override
        public String strike(Site site, Random random) throws Exception {
            Part victim = site.part(part);
            try (Broker broker = new Broker(site.bootstrapServers())) {
                if (!within(BOTH_IN, () -> broker.members(GROUP).size() == 2)) {
                    throw new NotProven("in the group are " + broker.members(GROUP));
                }
                Set<String> both = broker.members(GROUP);
                victim.freeze();
                try {
                    if (!within(MISSED, () -> isOneOf(both, broker.members(GROUP)))) {
                        throw new NotProven("the group still has " + broker.members(GROUP));
                    }
                    TimeUnit.MILLISECONDS.sleep(ON_WITHOUT.toMillis());
                    requireFrozen(victim);
                } finally {
                    victim.thaw();
                }
            }
            return "the group went on with the other one";
        }

        private static boolean isOneOf(Set<String> both, Set<String> left) {
            return left.size() == 1 && both.containsAll(left);
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

    private static List<ProcessHandle> processes(Part part) throws Fault.NotProven {
        List<ProcessHandle> all = part.processes();
        // PostgreSQL's own are nobody's children and easily overlooked.
        if (all.size() < (part.name().equals(Site.POSTGRES) ? 2 : 1)) {
            throw new Fault.NotProven("of " + part.name() + " only these are there: " + all);
        }
        return all;
    }

    private static void requireFrozen(Part part) throws Fault.NotProven {
        if (!within(Duration.ofSeconds(5), part::isFrozen)) {
            throw new Fault.NotProven(part.name() + " runs on");
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
