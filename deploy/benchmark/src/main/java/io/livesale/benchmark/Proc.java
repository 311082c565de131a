package io.livesale.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What Linux tells of processes and of the whole machine (proc(5)). */
final class Proc {
    /** USER_HZ, the same on every Linux. */
    private static final double TICKS_PER_SECOND = 100;

    /** Linux keeps fifteen characters of a thread's name. */
    private static final Pattern COMPILER = Pattern.compile("\\(C[12] CompilerThre\\)");

    private static final int USER_TIME = 14;
    private static final int CHILDREN_SYSTEM_TIME = 17;
    private static final int IDLE = 4;
    private static final int WAITING = 5;
    private static final int LAST = 8;
    private static final long KIB = 1024;

    private Proc() {}

    static void require() {
        if (!Files.isReadable(Path.of("/proc/self/status"))) {
            throw new CannotRun("costs are read from /proc: this runs on Linux only");
        }
    }

    /** CPU seconds a process and the children it has buried have used; 0 when it is gone. */
    static double cpuSeconds(long pid) {
        return read("/proc/" + pid + "/stat").map(Proc::cpuSeconds).orElse(0.0);
    }

    /** @param stat the fields after the name in brackets begin with the third */
    static double cpuSeconds(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        long ticks = 0;
        for (int field = USER_TIME; field <= CHILDREN_SYSTEM_TIME; field++) {
            ticks += Long.parseLong(fields[field - 3]);
        }
        return ticks / TICKS_PER_SECOND;
    }

    /** CPU seconds a JVM has spent compiling. */
    static double compilerSeconds(long pid) {
        try (Stream<Path> threads = Files.list(Path.of("/proc/" + pid + "/task"))) {
            return threads.flatMap(thread -> read(thread + "/stat").stream())
                    .filter(stat -> COMPILER.matcher(stat).find())
                    .mapToDouble(Proc::cpuSeconds)
                    .sum();
        } catch (IOException e) {
            return 0;
        }
    }

    /** CPU seconds all processors together were busy since the machine started. */
    static double busySeconds() {
        String[] fields = read("/proc/stat")
                .orElseThrow()
                .lines()
                .findFirst()
                .orElseThrow()
                .split(" +");
        long ticks = 0;
        for (int field = 1; field <= LAST; field++) {
            ticks += field == IDLE || field == WAITING ? 0 : Long.parseLong(fields[field]);
        }
        return ticks / TICKS_PER_SECOND;
    }

    /**
     * Bytes in memory.
     *
     * @param own of this process alone
     * @param shared with others, or read from files
     */
    record Resident(long own, long shared) {}

    static Resident resident(long pid) {
        Optional<String> status = read("/proc/" + pid + "/status");
        return new Resident(KIB * kib(status, "RssAnon:"), KIB * (kib(status, "RssFile:") + kib(status, "RssShmem:")));
    }

    private static long kib(Optional<String> file, String name) {
        return file.stream()
                .flatMap(String::lines)
                .filter(line -> line.startsWith(name))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
    }

    /** The value of a line like {@code name : value}, the first of that name. */
    static String value(String file, String name) {
        try (Stream<String> lines = Files.lines(Path.of(file))) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException e) {
            return "unknown";
        }
    }

    /** Empty when the process ended meanwhile. */
    private static Optional<String> read(String file) {
        try {
            return Optional.of(Files.readString(Path.of(file)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
