package io.livesale.e2e.faults;

import static java.util.stream.Collectors.toMap;

import io.livesale.e2e.Broker;
import io.livesale.e2e.Traces;
import io.livesale.e2e.faults.Schedule.Strike;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One schedule from start to end, on a system of its own. */
final class FaultRun {
    /** Whatever strikes, everybody has this long to order, pay, change their minds and be paid. */
    private static final Duration LEAST = Duration.ofSeconds(45);

    private static final Set<String> EVERYTHING = Set.of("");
    /** Openings and closings are carried into the log once more, so its end is another. */
    private static final Set<String> MOVES_ON = Set.of("order-service.partition_progress");

    private final Schedule schedule;
    private final Duration atMost;
    private final PrintStream out;
    private final long start = System.nanoTime();
    private final List<String> broken = new ArrayList<>();
    private final List<Fired> fired = new ArrayList<>();

    /** A fault that struck, and what proves it. */
    record Fired(String fault, String proof) {}

    /**
     * @param broken promises and other things gone wrong; empty when all is well
     * @param fired what struck, in order
     */
    record Result(List<String> broken, List<Fired> fired) {}

    private FaultRun(Schedule schedule, Duration atMost, PrintStream out) {
        this.schedule = schedule;
        this.atMost = atMost;
        this.out = out;
    }

    /**
     * Runs it.
     *
     * @param folder for data, logs and the journal; what is there from before is kept apart by the time
     * @param atMost no fault strikes later than this after the system is up; what was begun is ended and checked
     */
    static Result run(Schedule schedule, Duration atMost, Path repository, Path folder, int port, PrintStream out)
            throws IOException, InterruptedException, SQLException {
        return new FaultRun(schedule, atMost, out).run(repository, folder, port);
    }

    private Result run(Path repository, Path folder, int port) throws IOException, InterruptedException, SQLException {
        Files.createDirectories(folder);
        Files.write(folder.resolve("schedule"), schedule.lines());
        say("seed " + schedule.seed() + ", " + schedule.strikes().size() + " faults, logs in " + folder);
        try (Journal journal = new Journal(folder.resolve("journal.jsonl"));
                Site site = Site.start(repository, folder, port, schedule.needsSmallDisks())) {
            Traffic traffic = new Traffic(site.origin(), journal, schedule.seed());
            traffic.prepare();
            traffic.begin();
            say("the system is up and busy");
            long busy = System.nanoTime();
            Recovery recovery = new Recovery(site, traffic);
            for (Strike strike : schedule.strikes()) {
                if (System.nanoTime() - busy < atMost.toNanos()) {
                    strike(site, strike, recovery);
                }
            }
            TimeUnit.NANOSECONDS.sleep(busy + LEAST.toNanos() - System.nanoTime());
            traffic.end().forEach(one -> broken.add("gave up: " + one));
            checkAtRest("at the end", site, journal, traffic.operator());
            Traces before = rows(site);
            beginAnew(site);
            checkAtRest("after every group began anew (I6)", site, journal, traffic.operator());
            Set<String> changed = rows(site).changedSince(before);
            changed.removeAll(MOVES_ON);
            if (!changed.isEmpty()) {
                broken.add("I6: tables in which something else stands than before: " + changed);
            }
            tell(journal);
        }
        return new Result(List.copyOf(broken), List.copyOf(fired));
    }

    private void strike(Site site, Strike strike, Recovery recovery) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(strike.pause().toMillis());
        String name = strike.fault().name();
        try {
            String proof = strike.fault().strike(site, new Random(strike.seed()));
            fired.add(new Fired(name, proof));
            say(name + ": " + proof);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            broken.add(name + ": " + e);
            say(name + ": NOT AS IT SHOULD BE: " + e);
        }
        recovery.await().ifPresent(one -> {
            broken.add("I7: after " + name + ": " + one);
            say("I7: after " + name + ": " + one);
        });
    }

    private void checkAtRest(String when, Site site, Journal journal, Client operator) throws InterruptedException {
        int before = broken.size();
        Map<String, Long> undone = new Calm(site).await();
        if (!undone.isEmpty()) {
            broken.add("I7: " + when + " the system does not come to rest: " + undone);
        }
        try {
            Promises.broken(site, journal, operator).forEach(one -> broken.add(when + ": " + one));
        } catch (SQLException | RuntimeException e) {
            broken.add(when + ": cannot look: " + e);
        }
        int more = broken.size() - before;
        say(more == 0 ? "at rest " + when + ", every promise kept" : when + ", " + more + " promises broken");
    }

    private static Traces rows(Site site) throws SQLException {
        return Traces.of(
                Stream.of(Site.CATALOG, Site.ORDER, Site.PAYOUT)
                        .collect(toMap(service -> service, service -> () -> site.database(service))),
                EVERYTHING);
    }

    /** I6: whoever reads a topic reads it from its first record once more. */
    private void beginAnew(Site site) throws InterruptedException {
        site.services().forEach(service -> site.part(service).stop());
        try (Broker broker = new Broker(site.bootstrapServers())) {
            for (String group : Calm.GROUPS.keySet()) {
                if (!ProcessFaults.within(Duration.ofSeconds(60), () -> broker.forgets(group))) {
                    broken.add("I6: not tried, for " + group + " keeps its place");
                }
            }
        }
        site.services().parallelStream().forEach(service -> site.part(service).start());
    }

    private void tell(Journal journal) {
        say("the journal holds " + journal.entries().size() + " answers, "
                + journal.of("place", Journal.Told.ACCEPTED).size() + " of accepted orders, "
                + journal.entries().stream()
                        .filter(entry -> entry.told() == Journal.Told.UNKNOWN)
                        .count()
                + " that left it open");
        broken.forEach(one -> say("BROKEN: " + one));
    }

    private void say(String what) {
        out.printf("%5.1f s  %s%n", Duration.ofNanos(System.nanoTime() - start).toMillis() / 1000.0, what);
        out.flush();
    }
}
