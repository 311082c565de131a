package io.livesale.order.tracking;

import io.livesale.order.LogPosition;
import io.livesale.order.OrderView;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A buyer who waits for the outcome of an order placed just now, until it comes or the time is over. */
final class Waiter {
    private final UniEmitter<? super Optional<OrderView>> answer;
    private final long deadlineNanos;
    private volatile @Nullable LogPosition position;
    private boolean overdue;

    Waiter(UniEmitter<? super Optional<OrderView>> answer, Duration atMost) {
        this.answer = answer;
        this.deadlineNanos = System.nanoTime() + atMost.toNanos();
    }

    void recorded(LogPosition where) {
        position = where;
    }

    void tell(OrderView outcome) {
        answer.complete(Optional.of(outcome));
    }

    boolean isTimeOver() {
        return System.nanoTime() - deadlineNanos >= 0;
    }

    void giveUp() {
        answer.complete(Optional.empty());
    }

    /**
     * Whether the order was decided a while ago and nothing was heard of it: it is a repeat, or the news is late. To be
     * asked in turns, by one thread; only every other answer is yes, so that what is looked up then can arrive.
     */
    boolean isOverdue(Backlog backlog) {
        LogPosition where = position;
        boolean before = overdue;
        overdue = !before && where != null && backlog.isDecided(where);
        return before;
    }
}
