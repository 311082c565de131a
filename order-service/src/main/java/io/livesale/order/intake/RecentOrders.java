package io.livesale.order.intake;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.livesale.order.LogPosition;
import io.livesale.order.Order.ShipTo;
import io.livesale.order.OrderCommand.PlaceOrder;
import io.livesale.order.OrderSettings;
import io.livesale.order.Problem;
import io.livesale.order.ProblemException;
import jakarta.inject.Singleton;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Orders this replica accepted lately, so that a repeat gets the first answer and a key used twice for different orders
 * is noticed. Only a convenience: a repeat that is not remembered goes to the log, which knows it.
 */
@Singleton
class RecentOrders {
    private record Accepted(
            UUID offerId, int quantity, @Nullable ShipTo shipTo, LogPosition position) {
        boolean isSameAs(PlaceOrder place) {
            return offerId.equals(place.offerId())
                    && quantity == place.quantity()
                    && Objects.equals(shipTo, place.shipTo());
        }
    }

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
        if (!earlier.isSameAs(place)) {
            throw keyReused();
        }
        return Optional.of(earlier.position());
    }

    static ProblemException keyReused() {
        return Problem.IDEMPOTENCY_KEY_REUSED.because("Use a new key for a new order.");
    }

    void remember(PlaceOrder place, LogPosition position) {
        accepted.put(place.orderId(), new Accepted(place.offerId(), place.quantity(), place.shipTo(), position));
    }
}
