package io.livesale.local;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceTest {
    private static final long MIB = 1 << 20;
    /** Of heap, as deploy/benchmark counts it. */
    private static final long BYTES_PER_VIEWER = 10 << 10;

    @TempDir
    Path folder;

    @Test
    void letsNoMoreViewersInThanAThirdOfTheHeapHolds() {
        Ports ports = new Ports(8080, 1, 1);
        String viewers = Service.CATALOG
                .environment(ports.of(Service.CATALOG), ports, DataFolder.open(folder))
                .get("CATALOG_UPDATES_MAX_VIEWERS");

        assertTrue(Long.parseLong(viewers) * BYTES_PER_VIEWER < heap() / 3);
    }

    private static long heap() {
        String most = ServiceJvm.OPTIONS.stream()
                .filter(option -> option.matches("-Xmx\\d+m"))
                .findFirst()
                .orElseThrow();
        return Long.parseLong(most.replaceAll("\\D", "")) * MIB;
    }
}
