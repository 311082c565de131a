package io.livesale.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.livesale.stack.Tokens;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Against a small server of the JDK that remembers what it was asked. */
@Timeout(30)
class LoadTest {
    private static final Buyers BUYERS = Buyers.signIn(new Tokens(Tokens.newKeyPair()), 3);
    private static final UUID OFFER = UUID.randomUUID();

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<String> keys = ConcurrentHashMap.newKeySet();
    private final Set<String> bodies = ConcurrentHashMap.newKeySet();
    private volatile int status = 202;
    private volatile @Nullable String retryAfter;
    private volatile Duration delay = Duration.ZERO;
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/orders", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        keys.add(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
        bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        LockSupport.parkNanos(delay.toNanos());
        if (retryAfter != null) {
            exchange.getResponseHeaders().set("Retry-After", retryAfter);
        }
        byte[] answer = "{\"orderId\": \"…\"}".getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    private Answers run(int connections, Pace pace) {
        try (Load load = new Load(server.getAddress().getPort(), connections)) {
            return load.run(pace, Requests.orders(BUYERS, List.of(OFFER)));
        }
    }

    @Test
    void sendsEveryOrderOnceWithAKeyOfItsOwn() {
        // when
        Answers answers = run(4, Pace.burst(100));
        // then
        assertEquals(100, answers.accepted());
        assertEquals(Map.of(), answers.errors());
        assertEquals(100, keys.size());
        assertEquals(Set.of("{\"offerId\": \"" + OFFER + "\", \"quantity\": 1}"), bodies);
    }

    @Test
    void countsWhatIsNotAcceptedByWhatCameInstead() {
        // given
        status = 503;
        // when
        Answers answers = run(2, Pace.burst(10));
        // then
        assertEquals(0, answers.accepted());
        assertEquals(List.of(10L), List.copyOf(answers.errors().values()));
        assertTrue(answers.problems().orElseThrow().contains("503"), answers::toString);
    }

    @Test
    void tellsWhoIsToComeBackFromWhoIsNot() {
        // given
        status = 503;
        // when
        Answers silent = run(2, Pace.burst(10));
        retryAfter = "3";
        Answers told = run(2, Pace.burst(10));
        // then
        assertEquals(0, silent.refusals().getTotalCount());
        assertEquals(10, told.refusals().getTotalCount());
        assertEquals(10, told.errors("HTTP/1.1 503"));
    }

    @Test
    void doesNotSendWhatFindsNoConnectionInTime() {
        // given one connection, answers that take far longer than anyone waits, and five orders
        delay = Duration.ofMillis(400);
        // when
        Answers answers = run(1, Pace.open(50, Duration.ofMillis(100)).patient(Duration.ofMillis(20)));
        // then the first was sent, and the others counted without it
        assertEquals(1, answers.accepted());
        assertEquals(Map.of(Load.NOT_SENT, 4L), answers.errors());
    }

    @Test
    void countsTheWaitForAFreeConnection() {
        // given one connection and answers that take 20 ms, for orders that start every 10 ms
        delay = Duration.ofMillis(20);
        // when
        Answers answers = run(1, Pace.open(100, Duration.ofMillis(500)));
        // then all fifty were sent, and the last had waited for those before it
        assertEquals(50, answers.accepted());
        assertTrue(answers.millis(99) > 300, () -> "p99 " + answers.millis(99));
    }
}
