package io.livesale.local;

import java.util.List;
import java.util.Map;

/** How the JVM of a service is run: in some 400 MiB, on few cores. The benchmark measures order-service so. */
public final class ServiceJvm {
    public static final List<String> OPTIONS = List.of(
            "-Xmx168m",
            // Takes less memory than the others, and on few cores and small heaps less time, too.
            "-XX:+UseSerialGC",
            // What is on its way lives through two or three collections of the young; with the defaults much of it went
            // to the old generation, which had to be collected three times as often for it, a seventh of a second each.
            "-XX:SurvivorRatio=6",
            "-XX:TargetSurvivorRatio=90",
            // Compiling leaves the C library with memory that it would keep. Early updates of JDK 17 cannot take it
            // back.
            "-XX:TrimNativeHeapInterval=10000",
            "-XX:+IgnoreUnrecognizedVMOptions",
            // Out of memory, a process is neither alive nor dead; ended, it is started anew.
            "-XX:+ExitOnOutOfMemoryError");

    /** The C library would keep eight arenas for each core. */
    public static final Map<String, String> ENVIRONMENT = Map.of("MALLOC_ARENA_MAX", "2");

    private ServiceJvm() {}
}
