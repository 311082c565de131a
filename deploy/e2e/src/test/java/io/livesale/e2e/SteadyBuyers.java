package io.livesale.e2e;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * A few dozen buyers who press at a steady pace, at one order-service or the other. Whoever is asked to repeat a press
 * does so, with its key, until it is accepted. What they were told is kept.
 */
final class SteadyBuyers implements AutoCloseable {
    private static final int BUYERS = 36;
    private static final Duration PACE = Duration.ofMillis(20);
    private static final int ACCEPTED = 202;
    private static final int REPEAT = 503;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final List<String> tokens;
    private final List<String> origins;
    private final String offer;
    private final Random random;
    private final AtomicInteger pressed = new AtomicInteger();
    private final Map<Press, String> orders = new ConcurrentHashMap<>();
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final ScheduledFuture<?> pressing;

    /** Of one order, under one key. */
    record Press(String key, String token, int quantity) {}

    /** What somebody was told of a press. */
    record Answer(Press press, Instant asked, Instant told, int status, boolean toBeRepeated, String body) {
        boolean isAcceptance() {
            return status == ACCEPTED;
        }
    }

    /**
     * They begin to press.
     *
     * @param signIn the token of a buyer, by user id
     */
    SteadyBuyers(List<String> origins, UnaryOperator<String> signIn, String offer, long seed) {
        this.origins = origins;
        this.tokens = IntStream.range(0, BUYERS)
                .mapToObj(buyer -> signIn.apply("buyer-" + buyer))
                .toList();
        this.offer = offer;
        this.random = new Random(seed);
        this.pressing = clock.scheduleAtFixedRate(this::press, 0, PACE.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void press() {
        String key = "press-" + pressed.incrementAndGet();
        send(new Press(key, tokens.get(random.nextInt(BUYERS)), 1 + random.nextInt(2)));
    }

    private void send(Press press) {
        String body =
                JsonObject.of("offerId", offer, "quantity", press.quantity()).encode();
        String origin = origins.get(random.nextInt(origins.size()));
        HttpRequest request = HttpRequest.newBuilder(URI.create(origin + "/orders"))
                .header("Authorization", "Bearer " + press.token())
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", press.key())
                .POST(BodyPublishers.ofString(body))
                .build();
        Instant asked = Instant.now();
        client.sendAsync(request, BodyHandlers.ofString())
                .handle((response, fault) ->
                        response == null ? unanswered(press, asked, fault) : answer(press, asked, response))
                .thenAccept(this::take);
    }

    private static Answer unanswered(Press press, Instant asked, Throwable fault) {
        return new Answer(press, asked, Instant.now(), 0, false, fault.toString());
    }

    private static Answer answer(Press press, Instant asked, HttpResponse<String> response) {
        boolean toBeRepeated = response.statusCode() == REPEAT
                && response.headers().firstValue("Retry-After").isPresent();
        return new Answer(press, asked, Instant.now(), response.statusCode(), toBeRepeated, response.body());
    }

    private void take(Answer answer) {
        if (answer.isAcceptance()) {
            orders.put(answer.press(), new JsonObject(answer.body()).getString("orderId"));
        } else if (answer.toBeRepeated()) {
            clock.schedule(() -> send(answer.press()), 1, TimeUnit.SECONDS);
        }
        answers.add(answer);
    }

    /** Nobody presses any more but those who were asked to repeat. */
    void stopPressing() {
        pressing.cancel(false);
    }

    /** Whether every press was accepted in the end. */
    boolean allAccepted() {
        return orders.size() == pressed.get();
    }

    /** The order of each press that was accepted. */
    Map<Press, String> orders() {
        return Map.copyOf(orders);
    }

    /** What was pressed at or after this moment and is answered by now. */
    List<Answer> answersSince(Instant moment) {
        return answers.stream()
                .filter(answer -> !answer.asked().isBefore(moment))
                .toList();
    }

    /** Answers that are neither an acceptance nor a request to repeat. */
    List<Answer> odd() {
        return answers.stream()
                .filter(answer -> !answer.isAcceptance() && !answer.toBeRepeated())
                .toList();
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
