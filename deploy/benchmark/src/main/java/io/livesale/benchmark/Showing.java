package io.livesale.benchmark;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;

/** How soon the viewers of a session, all on one replica of catalog-service, see what its creator pins; and their cost. */
final class Showing implements Part {
    /** Not sooner than a feed is read again, so that every pin is told. */
    private static final Duration BETWEEN_PINS = Duration.ofMillis(500);

    private static final double KIB = 1024.0;

    @Override
    public void measure(Lab lab, Results results) {
        try (SystemUnderTest system = lab.system(lab.plan().usualPartitions())) {
            ServiceProcess catalog = system.startCatalogService();
            ShownSession session = new ShownSession(catalog, lab.tokens());
            new Measuring(lab, results, catalog, session).run(system.broker());
        }
    }

    /**
     * One round.
     *
     * @param times from each pin's request to each viewer, in microseconds
     * @param cpuSeconds of catalog-service for 1,000 viewers told of a pin
     * @param resident bytes of memory by viewer: with them, less without
     * @param heap bytes of objects in use by viewer
     * @param mib of memory with all viewers
     */
    private record Shown(Histogram times, double cpuSeconds, double resident, double heap, double mib) {
        double millis(double percentile) {
            return times.getValueAtPercentile(percentile) / 1000.0;
        }

        double residentKib() {
            return resident / KIB;
        }
    }

    private static final class Measuring {
        private final Plan plan;
        private final Results results;
        private final Rounds rounds;
        private final ServiceProcess catalog;
        private final ShownSession session;
        private int pins;

        Measuring(Lab lab, Results results, ServiceProcess catalog, ShownSession session) {
            this.plan = lab.plan();
            this.results = results;
            this.rounds = new Rounds(plan, lab.progress(), results);
            this.catalog = catalog;
            this.session = session;
        }

        void run(Broker broker) {
            try (Viewers viewers = viewers()) {
                // As a rate: how many could be pinned and shown in a second, one after the other.
                rounds.warmUp("pins", catalog.pid(), () -> {
                    pin(viewers, plan.warmUp());
                    return 1e6 / viewers.takeTimes().getMean();
                });
            }
            List<Shown> alone = rounds.repeat("pins shown, p99", " ms", this::round, shown -> shown.millis(99));
            report(alone, whileItSells(broker));
        }

        private List<Shown> whileItSells(Broker broker) {
            UUID offer = session.offers().get(0);
            try (Sales sales = new Sales(broker, offer)) {
                round();
                List<Shown> shown =
                        rounds.repeat("pins shown while it sells, p99", " ms", this::round, round -> round.millis(99));
                if (session.remaining(offer) > ShownSession.ALLOTMENT - sales.sold() / 2) {
                    throw new CannotRun("catalog-service does not keep up with sales, or hears of none");
                }
                return shown;
            }
        }

        private Viewers viewers() {
            return new Viewers(catalog.port(), session.id(), plan.viewers());
        }

        private Shown round() {
            JvmMemory without = JvmMemory.settled(catalog.pid());
            try (Viewers viewers = viewers()) {
                viewers.takeTimes();
                double cpuBefore = Proc.cpuSeconds(catalog.pid());
                pin(viewers, plan.round());
                double cpu = Proc.cpuSeconds(catalog.pid()) - cpuBefore;
                JvmMemory with = JvmMemory.settled(catalog.pid());
                if (viewers.lost() > 0) {
                    results.problem("pins: %d viewers lost".formatted(viewers.lost()));
                }
                Histogram times = viewers.takeTimes();
                return new Shown(
                        times,
                        1000 * cpu / times.getTotalCount(),
                        1.0 * (with.resident() - without.resident()) / plan.viewers(),
                        1.0 * (with.heap() - without.heap()) / plan.viewers(),
                        with.resident() / KIB / KIB);
            }
        }

        /** At fixed times, whether or not the one before was shown in time: what it holds up counts. */
        private void pin(Viewers viewers, Duration length) {
            long begin = System.nanoTime();
            for (long made = 0; made * BETWEEN_PINS.toNanos() < length.toNanos(); made++) {
                long due = begin + made * BETWEEN_PINS.toNanos();
                Lab.pause(Duration.ofNanos(Math.max(0, due - System.nanoTime())));
                UUID offer = session.offers().get(pins++ % ShownSession.OFFERS);
                viewers.await(offer, due, () -> session.pin(offer));
            }
        }

        private void report(List<Shown> alone, List<Shown> selling) {
            results.figure(Figure.PIN_P99, Median.of(selling, round -> round.millis(99)));
            results.section(new Section(
                    "Viewers",
                    """
                    %,d viewers follow one session of %d offers on one replica of catalog-service; its creator pins one
                    offer after the other, every %d ms: while nothing else happens, and while one of them sells, whose
                    remaining units every viewer is told of up to five times a second. From the moment the creator's
                    request is due to each viewer's receipt. Memory is what the process holds with all viewers less what
                    it holds without any, each after a collection. Resident memory tells too little of it where earlier
                    rounds left room in the heap; and the kernel's socket buffers come on top.
                    """.formatted(plan.viewers(), ShownSession.OFFERS, BETWEEN_PINS.toMillis()),
                    new Table(
                            List.of("", "nothing else", "while it sells"),
                            List.of(
                                    row("pin → viewer p50, ms", alone, selling, round -> round.millis(50), 0),
                                    row("pin → viewer p99, ms", alone, selling, round -> round.millis(99), 0),
                                    row("pin → viewer, longest, ms", alone, selling, round -> round.millis(100), 0),
                                    row("CPU s for 1,000 viewers told", alone, selling, Shown::cpuSeconds, 3),
                                    row("objects in use by a viewer, KiB", alone, selling, r -> r.heap() / KIB, 1),
                                    row("resident memory (RSS) by viewer, KiB", alone, selling, Shown::residentKib, 1),
                                    row("resident memory with all viewers, MiB", alone, selling, Shown::mib, 0)))));
        }

        private static List<String> row(
                String label, List<Shown> alone, List<Shown> selling, ToDoubleFunction<Shown> figure, int decimals) {
            return List.of(
                    label,
                    Median.of(alone, figure).text(decimals),
                    Median.of(selling, figure).text(decimals));
        }
    }
}
