package io.livesale.order.intake;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.livesale.order.LogPosition;
import io.livesale.order.OrderCommand.PlaceOrder;
import io.livesale.order.OrderSettings;
import io.livesale.order.Problem;
import io.livesale.order.ProblemException;
import jakarta.inject.Singleton;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * Orders this replica accepted lately, so that a repeat gets the first answer and a key used twice for different orders
 * is noticed. Only a convenience: a repeat that is not remembered goes to the log, which knows it.
 */
@Singleton
class RecentOrders {
    /** @param contents a hash of what was ordered */
    private record Accepted(int contents, LogPosition position) {}

    private final Cache<UUID, Accepted> accepted;

    RecentOrders(OrderSettings settings) {
        accepted = Caffeine.newBuilder()
                // Tidying up takes less than waking another thread for it.
                .executor(Runnable::run)
                .maximumSize(settings.intake().rememberedOrders())
                .build();
    }

    /** Where the same order stands in the log; throws {@link Problem#IDEMPOTENCY_KEY_REUSED} for another order's key. */
    Optional<LogPosition> find(PlaceOrder place) {
        Accepted earlier = accepted.getIfPresent(place.orderId());
        if (earlier == null) {
            return Optional.empty();
        }
        if (earlier.contents() != contents(place)) {
            throw keyReused();
        }
        return Optional.of(earlier.position());
    }

    static ProblemException keyReused() {
        return Problem.IDEMPOTENCY_KEY_REUSED.because("Use a new key for a new order.");
    }

    void remember(PlaceOrder place, LogPosition position) {
        accepted.put(place.orderId(), new Accepted(contents(place), position));
    }

    private static int contents(PlaceOrder place) {
        return Objects.hash(place.offerId(), place.quantity(), place.shipTo());
    }
}
