package io.livesale.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What a JVM holds when it has nothing to collect.
 *
 * @param resident bytes of the process in memory
 * @param heap bytes of objects in use
 */
record JvmMemory(long resident, long heap) {
    /** The C library gives back what it can every ten seconds ({@code TrimNativeHeapInterval}). */
    private static final Duration TRIMMED = Duration.ofSeconds(12);

    static JvmMemory settled(long pid) {
        count(pid);
        Lab.pause(TRIMMED);
        long heap = count(pid);
        Proc.Resident memory = Proc.resident(pid);
        return new JvmMemory(memory.own() + memory.shared(), heap);
    }

    /** Collects and counts; the last line of a class histogram is {@code Total <objects> <bytes>}. */
    private static long count(long pid) {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(pid),
                "GC.class_histogram");
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String total = process.inputReader().lines().reduce("", (before, line) -> line);
            return total(total);
        } catch (IOException e) {
            throw new CannotRun("the objects in use cannot be counted; a JDK is needed: " + e.getMessage());
        }
    }

    static long total(String lastLine) {
        String[] fields = lastLine.strip().split("\\s+");
        if (fields.length != 3 || !fields[0].equals("Total")) {
            throw new CannotRun("the objects in use cannot be counted: " + lastLine);
        }
        return Long.parseLong(fields[2]);
    }
}
