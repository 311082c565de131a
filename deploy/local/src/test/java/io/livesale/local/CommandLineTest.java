package io.livesale.local;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.livesale.stack.FreePort;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CommandLineTest {
    @RegisterExtension
    static final LocalGateway SOLD_OUT = new LocalGateway(request -> request.response()
            .end(JsonObject.of("status", "OPEN", "allotment", 10, "remaining", 0, "reserved", 4, "sold", 6)
                    .toBuffer()));

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--bogus",
                "--port",
                "--port=x",
                "--port=0",
                "--port=65531",
                "--order-replicas=0",
                "--order-replicas=5",
                "--payout-replicas=0",
                "--payout-replicas=5",
                "stray"
            })
    void refusesWrongOptionsOfUpInOneLine(String option) {
        Outcome outcome = run(new Up(), option, "--data=" + folder);

        assertNotEquals(0, outcome.code());
        assertEquals(1, outcome.error().lines().count(), outcome.error());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--bogus",
                "--orders=0",
                "--orders=many",
                "--buyers=-1",
                "--quantity=0",
                "--units=0",
                "--concurrency=0",
                "--concurrency=4097",
                "--pay-percent=101",
                "--offer=hot",
                "--url=localhost:8080",
                "--url=http://localhost:8080/orders"
            })
    void refusesWrongOptionsOfSpikeInOneLine(String option) {
        Outcome outcome = run(new Spike(), option);

        assertEquals(2, outcome.code());
        assertEquals(1, outcome.error().lines().count(), outcome.error());
    }

    @Test
    void namesTheTakenPortBeforeAnythingStarts() throws IOException {
        try (ServerSocket taken = takenAfterTwoFree()) {
            Outcome outcome = run(new Up(), "--port=" + (taken.getLocalPort() - 2), "--data=" + folder);

            assertEquals(1, outcome.code());
            assertThat(outcome.error(), containsString("port %d (order-service)".formatted(taken.getLocalPort())));
        }
    }

    @Test
    void saysThatNoSystemIsThereToStorm() {
        Outcome outcome = run(new Spike(), "--url=http://localhost:" + FreePort.next());

        assertEquals(1, outcome.code());
        assertThat(outcome.error(), containsString("is the system up?"));
    }

    @Test
    void refusesToStormAnOfferThatIsSoldOut() {
        Outcome outcome = run(new Spike(), "--url=" + SOLD_OUT.origin, "--offer=" + UUID.randomUUID());

        assertEquals(1, outcome.code());
        assertThat(outcome.error(), containsString("has nothing left"));
    }

    private record Outcome(int code, String error) {}

    private static Outcome run(Object command, String... arguments) {
        StringWriter error = new StringWriter();
        CommandLine line = OneLine.commandLine(command).setErr(new PrintWriter(error));
        return new Outcome(line.execute(arguments), error.toString());
    }

    private static ServerSocket takenAfterTwoFree() throws IOException {
        while (true) {
            ServerSocket taken = listen(0);
            try {
                listen(taken.getLocalPort() - 1).close();
                listen(taken.getLocalPort() - 2).close();
                return taken;
            } catch (BindException e) {
                taken.close();
            }
        }
    }

    private static ServerSocket listen(int port) throws IOException {
        return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
    }
}
