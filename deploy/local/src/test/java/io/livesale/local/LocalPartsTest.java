package io.livesale.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.livesale.stack.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalPartsTest {
    @TempDir
    Path folder;

    @Test
    void aGatewayThatCannotListenLeavesNothingBehind() throws IOException {
        DataFolder data = DataFolder.open(folder);
        Set<Thread> before = eventLoops();
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Ports taken = new Ports(other.getLocalPort(), 1, 1);

            assertThrows(
                    CompletionException.class, () -> OpenGateway.here(taken, new Endpoints(taken.replicas()), data));
        }

        Awaitility.await().untilAsserted(() -> assertEquals(before, eventLoops()));
    }

    private static Set<Thread> eventLoops() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("vert.x-eventloop"))
                .collect(Collectors.toSet());
    }

    @Test
    void whatDoesNotOpenLetsOthersHaveTheFolder() throws IOException {
        Files.writeString(folder.resolve("lock"), "");
        Files.writeString(folder.resolve("token-key.private.pem"), "no key");
        Files.writeString(folder.resolve("token-key.public.pem"), "no key");

        assertThrows(RuntimeException.class, () -> LocalParts.open(folder, folder, FreePort.next(), 1));

        DataFolder.open(folder).release();
    }
}
