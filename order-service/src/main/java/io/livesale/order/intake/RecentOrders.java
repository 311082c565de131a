package io.livesale.order.intake;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.livesale.order.LogPosition;
import io.livesale.order.OrderCommand.PlaceOrder;
import io.livesale.order.OrderSettings;
import io.livesale.order.Receipt;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * Orders this replica accepted lately, so that a repeat gets the first answer and a key used twice for different orders
 * is noticed. Only a convenience: a repeat that is not remembered goes to the log, which knows it, and what is remembered
 * may itself be the repeat of an order that another replica accepted.
 */
@Singleton
class RecentOrders {
    /** @param contents a hash of what was ordered */
    record Accepted(int contents, LogPosition position, Instant at) {
        static Accepted of(PlaceOrder place, LogPosition position) {
            return new Accepted(hash(place), position, place.at());
        }

        private static int hash(PlaceOrder place) {
            return Objects.hash(place.offerId(), place.quantity(), place.shipTo());
        }

        boolean isSameAs(PlaceOrder place) {
            return contents == hash(place);
        }

        /** As it was given the first time. */
        Receipt receipt(PlaceOrder place, String idempotencyKey) {
            return new Receipt(position, place.offerId(), place.quantity(), at, idempotencyKey);
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

    Optional<Accepted> find(UUID orderId) {
        return Optional.ofNullable(accepted.getIfPresent(orderId));
    }

    /** Of several under one key the first counts. */
    void remember(PlaceOrder place, LogPosition position) {
        accepted.asMap().putIfAbsent(place.orderId(), Accepted.of(place, position));
    }
}
