package io.livesale.e2e.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A disk that is full, and clocks that are wrong. */
final class MachineFaults {
    static final String DISK_FULL = "disk-full:";

    private static final Duration FOR_A_WHILE = Duration.ofSeconds(10);

    private MachineFaults() {}

    static List<Fault> all() {
        return List.of(
                new DiskFull(Site.KAFKA),
                new DiskFull(Site.POSTGRES),
                new Clock(Site.ORDER_2, "+1h"),
                new Clock(Site.ORDER_2, "-1h"),
                new Clock(Site.CATALOG, "+1h"),
                new Clock(Site.PAYOUT, "+1h"));
    }

    /** Its file system, a small one in memory, is filled to the last byte, and later emptied. */
    private record DiskFull(String part) implements Fault {
        private static final Duration NOTICED = Duration.ofSeconds(60);

        @Override
        public String name() {
            return DISK_FULL + part;
        }

        @Override
        public String strike(Site site, Random random) throws Exception {
            Path folder = part.equals(Site.KAFKA) ? site.kafkaFolder() : site.postgresFolder();
            // What Kafka says itself, PostgreSQL says to whoever wanted to write.
            List<String> tellers = part.equals(Site.KAFKA) ? List.of(part) : site.services();
            Map<String, LogSince> logs = new TreeMap<>();
            for (String teller : tellers) {
                logs.put(teller, LogSince.now(site.log(teller)));
            }
            Path ballast = folder.resolve("ballast");
            fill(ballast);
            try {
                if (!ProcessFaults.within(NOTICED, () -> logs.values().stream().anyMatch(DiskFull::tells))) {
                    throw new NotProven(part + " did not notice");
                }
                TimeUnit.MILLISECONDS.sleep(FOR_A_WHILE.toMillis());
            } finally {
                Files.deleteIfExists(ballast);
            }
            logs.values().removeIf(log -> !tells(log));
            return "told of by " + logs.keySet();
        }

        private static boolean tells(LogSince log) {
            return log.text().contains("No space left on device");
        }

        private static void fill(Path ballast) throws IOException {
            byte[] zeros = new byte[64 * 1024];
            try (var out = Files.newOutputStream(ballast, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                while (true) {
                    out.write(zeros);
                }
            } catch (IOException e) {
                if (!String.valueOf(e.getMessage()).contains("No space left")) {
                    throw e;
                }
            }
        }
    }

    /** A process whose clock is an hour off; libfaketime makes it believe so. */
    private record Clock(String part, String offset) implements Fault {
        private static final Pattern TIME = Pattern.compile("(?m)^\\S*?(\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d)");
        private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
        /** The library makes every look at the clock dear. */
        private static final Duration RESTART = Duration.ofMinutes(3);
        /** Since it logged something last. */
        private static final Duration INACCURACY = Duration.ofMinutes(5);

        @Override
        public String name() {
            return "clock" + offset + ":" + part;
        }

        @Override
        public String strike(Site site, Random random) throws Exception {
            site.environment(
                    part,
                    Map.of(
                            "LD_PRELOAD",
                            library().toString(),
                            "FAKETIME",
                            offset,
                            "FAKETIME_DONT_FAKE_MONOTONIC",
                            "1",
                            // With it, waits of the JVM's own threads end at once, and they begin anew without end.
                            "FAKETIME_FORCE_MONOTONIC_FIX",
                            "0"));
            try {
                LogSince log = LogSince.now(site.log(part));
                if (!restarts(site)) {
                    throw new NotProven(part + " did not come back");
                }
                TimeUnit.MILLISECONDS.sleep(FOR_A_WHILE.toMillis());
                return proof(log);
            } finally {
                site.environment(part, Map.of());
                // Whether it came back with a wrong clock or not at all. The run waits until it is ready.
                restarts(site);
            }
        }

        private boolean restarts(Site site) {
            Part victim = site.part(part);
            int before = victim.ends();
            victim.kill();
            return ProcessFaults.within(RESTART, () -> victim.ends() > before && victim.isReady());
        }

        private String proof(LogSince log) throws NotProven {
            LocalDateTime told = lastTime(log).orElseThrow(() -> new NotProven("its log tells no time"));
            Duration off = Duration.between(LocalDateTime.now(), told);
            if (off.minus(asked()).abs().compareTo(INACCURACY) > 0) {
                throw new NotProven("its log's times are off by " + off.toMinutes() + " minutes");
            }
            return "its log's times were off by " + off.toMinutes() + " minutes";
        }

        private Duration asked() {
            Duration hour = Duration.ofHours(1);
            return offset.startsWith("-") ? hour.negated() : hour;
        }

        private static Optional<LocalDateTime> lastTime(LogSince log) {
            return TIME.matcher(log.text())
                    .results()
                    .map(time -> LocalDateTime.parse(time.group(1), FORMAT))
                    .reduce((earlier, later) -> later);
        }

        private static Path library() throws NotProven, IOException {
            try (Stream<Path> folders = Files.list(Path.of("/usr/lib"))) {
                Optional<Path> found = folders.map(folder -> folder.resolve("faketime/libfaketimeMT.so.1"))
                        .filter(Files::exists)
                        .findFirst();
                return found.orElseThrow(() -> new NotProven("libfaketime is not here (Debian: faketime)"));
            }
        }
    }
}
