package io.livesale.benchmark;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.AppInfoParser;

/** What the figures were measured on and with. */
final class Machine {
    private static final int FLUSHES = 101;
    private static final int PAGE = 8192;

    private Machine() {}

    /** In the order of the report. */
    static Map<String, String> describe(Lab.Settings settings) {
        Map<String, String> about = new LinkedHashMap<>();
        about.put("processor", Proc.value("/proc/cpuinfo", "model name"));
        about.put(
                "cores",
                Runtime.getRuntime().availableProcessors() + ", shared by everything, load generator included");
        about.put("memory", Proc.value("/proc/meminfo", "MemTotal"));
        about.put("kernel", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        about.put("disk", disk(settings.dataParent()));
        about.put("JDK", System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"));
        about.put("Quarkus", quarkus(settings.jar("order-service").resolveSibling("lib/main")));
        about.put("Kafka", AppInfoParser.getVersion());
        about.put("commit", commit(settings.repository()));
        return about;
    }

    private static String disk(Path folder) {
        try {
            return "%s; an 8 KiB write and its flush take %s ms (median of %d)"
                    .formatted(Files.getFileStore(folder).type(), flushMillis(folder), FLUSHES);
        } catch (IOException e) {
            return "unknown";
        }
    }

    /** What a commit on its own has to wait for. */
    private static String flushMillis(Path folder) throws IOException {
        Path file = Files.createTempFile(folder, "flush", "");
        List<Long> times = new ArrayList<>();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (int i = 0; i < FLUSHES; i++) {
                long begin = System.nanoTime();
                channel.write(ByteBuffer.allocate(PAGE));
                channel.force(false);
                times.add(System.nanoTime() - begin);
            }
        } finally {
            Files.delete(file);
        }
        Collections.sort(times);
        return Median.number(times.get(FLUSHES / 2) / 1e6, 2);
    }

    private static String quarkus(Path libraries) {
        try (Stream<Path> all = Files.list(libraries)) {
            return all.map(path -> path.getFileName().toString())
                    .filter(name -> name.matches("io\\.quarkus\\.quarkus-core-\\d.*\\.jar"))
                    .map(name -> name.replaceAll("io\\.quarkus\\.quarkus-core-(.*)\\.jar", "$1"))
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException e) {
            return "unknown";
        }
    }

    private static String commit(Path repository) {
        String commit = git(repository, "rev-parse", "--short=12", "HEAD");
        return git(repository, "status", "--porcelain").isEmpty() ? commit : commit + ", with changes not committed";
    }

    private static String git(Path repository, String... arguments) {
        List<String> command = new ArrayList<>(List.of("git", "-C", repository.toString()));
        command.addAll(List.of(arguments));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes()).strip();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0 ? output : "unknown";
        } catch (IOException e) {
            return "unknown";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "unknown";
        }
    }
}
