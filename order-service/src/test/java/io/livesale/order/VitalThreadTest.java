package io.livesale.order;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.runtime.ApplicationLifecycleManager;
import org.junit.jupiter.api.Test;

class VitalThreadTest {
    @Test
    void anErrorAsksTheProcessToEndAsFailed() throws InterruptedException {
        Thread thread = new VitalThread(
                () -> {
                    throw new NoClassDefFoundError("for a test");
                },
                "vital");

        thread.start();
        thread.join();

        assertEquals(1, ApplicationLifecycleManager.getExitCode());
    }
}
