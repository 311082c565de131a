package io.livesale.order.intake;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.livesale.order.OrderServiceTest;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** More at once than event loops take in their turns, while a millisecond's rush is all that is taken in. */
@OrderServiceTest
@TestProfile(HalfOrderTest.Impatient.class)
@Timeout(60)
class RushTest {
    private static final int TURNS = 6;

    @Inject
    Vertx vertx;

    @TestHTTPResource("/orders")
    URL orders;

    @Test
    void whoComesWhenItIsBehindIsToldToComeBackAndTheNextIsServed() throws IOException {
        EventLoopGroup loops = ((VertxInternal) vertx).getEventLoopGroup();
        List<Socket> crowd = new ArrayList<>();
        try {
            for (EventExecutor loop : loops) {
                for (int i = 0; i < TURNS * ShortTurns.MOST_SOCKETS; i++) {
                    crowd.add(new Socket(orders.getHost(), orders.getPort()));
                }
            }
            CountDownLatch allPressed = new CountDownLatch(1);
            loops.forEach(loop -> loop.submit(() -> {
                allPressed.await();
                return null;
            }));
            for (Socket buyer : crowd) {
                press(buyer);
            }
            allPressed.countDown();

            Set<String> answers = new HashSet<>();
            for (Socket buyer : crowd) {
                answers.add(firstLine(buyer));
            }
            assertEquals(Set.of("HTTP/1.1 401 Unauthorized", "HTTP/1.1 503 Service Unavailable"), answers);
        } finally {
            for (Socket buyer : crowd) {
                buyer.close();
            }
        }
        given().post("/orders").then().statusCode(401);
    }

    /** Without a token, which only those who are let in are told. */
    private void press(Socket buyer) throws IOException {
        String request = "POST %s HTTP/1.1\r\nHost: %s\r\nContent-Length: 0\r\n\r\n"
                .formatted(orders.getPath(), orders.getHost());
        buyer.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    }

    private static String firstLine(Socket buyer) throws IOException {
        String line =
                new BufferedReader(new InputStreamReader(buyer.getInputStream(), StandardCharsets.US_ASCII)).readLine();
        assertTrue(line != null, "cut off");
        return line;
    }
}
