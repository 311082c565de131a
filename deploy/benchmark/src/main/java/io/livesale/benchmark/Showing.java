package io.livesale.benchmark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/** How soon the viewers of a session, all on one replica of catalog-service, see what its creator pins; and their cost. */
final class Showing implements Part {
    private static final String CREATOR = "creator-lin";
    /** A viewer's stream is as large as that of a usual sale. */
    private static final int OFFERS = 20;
    /** Not sooner than a feed is read again, so that every pin is told. */
    private static final Duration BETWEEN_PINS = Duration.ofMillis(500);

    private static final double KIB = 1024.0;
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public void measure(Lab lab, Results results) {
        try (SystemUnderTest system = lab.system(lab.plan().usualPartitions())) {
            ServiceProcess catalog = system.startCatalogService();
            new Measuring(lab, results, catalog).run();
        }
    }

    /**
     * One round.
     *
     * @param times from each pin's request to each viewer, in microseconds
     * @param cpuSeconds of catalog-service for 1,000 viewers told
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
        private final String token;
        private final UUID session;
        private final List<UUID> offers;
        private int pins;

        Measuring(Lab lab, Results results, ServiceProcess catalog) {
            this.plan = lab.plan();
            this.results = results;
            this.rounds = new Rounds(plan, lab.progress(), results);
            this.catalog = catalog;
            this.token = lab.tokens().issue(CREATOR, Set.of("creator"));
            this.session = post("/sessions", "{\"title\": \"Harvest evening\"}", "sessionId");
            this.offers = IntStream.range(0, OFFERS)
                    .mapToObj(number -> post("/sessions/" + session + "/offers", """
                            {"kind": "GIFT", "title": "Rocket %d", "price": {"amount": 600, "currency": "CNY"}}
                            """.formatted(number), "offerId"))
                    .toList();
        }

        private UUID post(String path, String body, String id) {
            try {
                return UUID.fromString(JSON.readTree(catalog.call("POST", path, token, body))
                        .get(id)
                        .asText());
            } catch (JsonProcessingException e) {
                throw new CannotRun(path + " was not answered with JSON: " + e.getMessage());
            }
        }

        void run() {
            try (Viewers viewers = viewers()) {
                // As a rate: how many could be pinned and shown in a second, one after the other.
                rounds.warmUp("pins", catalog.pid(), () -> {
                    pin(viewers, plan.warmUp());
                    return 1e6 / viewers.takeTimes().getMean();
                });
            }
            report(rounds.repeat("pins shown, p99", " ms", this::round, shown -> shown.millis(99)));
        }

        private Viewers viewers() {
            return new Viewers(catalog.port(), session, plan.viewers());
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

        private void pin(Viewers viewers, Duration length) {
            long begin = System.nanoTime();
            for (long made = 0; made * BETWEEN_PINS.toNanos() < length.toNanos(); made++) {
                long early = begin + made * BETWEEN_PINS.toNanos() - System.nanoTime();
                Lab.pause(Duration.ofNanos(Math.max(0, early)));
                UUID offer = offers.get(pins++ % OFFERS);
                viewers.await(
                        offer,
                        () -> catalog.call(
                                "PUT", "/sessions/" + session + "/pin", token, "{\"offerId\": \"" + offer + "\"}"));
            }
        }

        private void report(List<Shown> shown) {
            results.figure(Figure.PIN_P99, Median.of(shown, round -> round.millis(99)));
            results.section(new Section(
                    "Viewers",
                    """
                    %,d viewers follow one session of %d offers on one replica of catalog-service; its creator pins one
                    offer after the other, every %d ms. From the beginning of the creator's request to each viewer's
                    receipt. Memory is what the process holds with all viewers less what it holds without any, each after
                    a collection. Resident memory tells too little of it where earlier rounds left room in the heap; and
                    the kernel's socket buffers come on top.
                    """.formatted(plan.viewers(), OFFERS, BETWEEN_PINS.toMillis()),
                    new Table(
                            List.of("", "one replica"),
                            List.of(
                                    row("pin → viewer p50, ms", shown, round -> round.millis(50), 0),
                                    row("pin → viewer p99, ms", shown, round -> round.millis(99), 0),
                                    row("pin → viewer, longest, ms", shown, round -> round.millis(100), 0),
                                    row("CPU s for 1,000 viewers told", shown, Shown::cpuSeconds, 3),
                                    row("objects in use by a viewer, KiB", shown, round -> round.heap() / KIB, 1),
                                    row("resident memory (RSS) by viewer, KiB", shown, Shown::residentKib, 1),
                                    row("resident memory with all viewers, MiB", shown, Shown::mib, 0)))));
        }

        private static List<String> row(String label, List<Shown> shown, ToDoubleFunction<Shown> figure, int decimals) {
            return List.of(label, Median.of(shown, figure).text(decimals));
        }
    }
}
