package io.livesale.order.tracking;

import io.livesale.order.CallerContext;
import io.livesale.order.OrderView;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Looks up orders for many at once: whoever asks while one query is under way shares the next. So a crowd at the door is
 * one connection to the database, not a crowd there too.
 */
@Singleton
class SharedLookup {
    /** A database slower than this is treated as away: who asked for the outcome in N seconds is not kept longer. */
    private static final Duration LONGEST_QUERY = Duration.ofSeconds(1);

    private static final int MOST_AT_ONCE = 500;
    private static final int CROWD = 2 * MOST_AT_ONCE;

    private record Question(UUID orderId, UniEmitter<? super Optional<OrderView>> answer) {}

    private final OrderLookup lookup;
    private final Deque<Question> questions = new ArrayDeque<>();
    private boolean asking;

    SharedLookup(OrderLookup lookup) {
        this.lookup = lookup;
    }

    /** The order as it is decided so far; fails when the database does not answer within seconds. */
    Uni<Optional<OrderView>> find(UUID orderId) {
        return CallerContext.resume(Uni.createFrom().emitter(answer -> {
            enqueue(new Question(orderId, answer));
            askNext();
        }));
    }

    /** Whether so many ask that one more would have to wait. */
    synchronized boolean isCrowded() {
        return questions.size() >= CROWD;
    }

    private synchronized void enqueue(Question question) {
        questions.add(question);
    }

    private void askNext() {
        List<Question> batch = takeBatch();
        if (!batch.isEmpty()) {
            UUID[] orderIds = batch.stream().map(Question::orderId).distinct().toArray(UUID[]::new);
            Uni.createFrom()
                    .deferred(() -> lookup.findAll(orderIds))
                    .ifNoItem()
                    .after(LONGEST_QUERY)
                    .fail()
                    .subscribe()
                    .with(found -> tell(batch, found), failure -> giveUp(batch, failure));
        }
    }

    private synchronized List<Question> takeBatch() {
        List<Question> batch = new ArrayList<>();
        while (!asking && batch.size() < MOST_AT_ONCE && !questions.isEmpty()) {
            batch.add(questions.remove());
        }
        asking |= !batch.isEmpty();
        return batch;
    }

    private void tell(List<Question> batch, List<OrderView> found) {
        Map<UUID, OrderView> byId = found.stream().collect(Collectors.toMap(OrderView::orderId, Function.identity()));
        end(batch, question -> question.answer().complete(Optional.ofNullable(byId.get(question.orderId()))));
    }

    /** Those behind would fare no better. */
    private void giveUp(List<Question> batch, Throwable failure) {
        synchronized (this) {
            batch.addAll(questions);
            questions.clear();
        }
        end(batch, question -> question.answer().fail(failure));
    }

    private void end(List<Question> batch, Consumer<Question> answer) {
        synchronized (this) {
            asking = false;
        }
        batch.forEach(answer);
        askNext();
    }
}
