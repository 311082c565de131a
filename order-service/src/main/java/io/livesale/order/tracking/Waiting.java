package io.livesale.order.tracking;

import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Those on this replica who wait for news of orders, by order. Whoever is added must be removed. */
final class Waiting<T> {
    private final Map<UUID, Set<T>> byOrder = new ConcurrentHashMap<>();

    void add(UUID orderId, T one) {
        byOrder.compute(orderId, (id, others) -> {
            Set<T> all = others == null ? ConcurrentHashMap.newKeySet() : others;
            all.add(one);
            return all;
        });
    }

    void remove(UUID orderId, T one) {
        byOrder.computeIfPresent(orderId, (id, all) -> {
            all.remove(one);
            return all.isEmpty() ? null : all;
        });
    }

    void tell(UUID orderId, Consumer<T> news) {
        Set<T> all = byOrder.get(orderId);
        if (all != null) {
            all.forEach(news);
        }
    }

    void forEach(BiConsumer<UUID, T> action) {
        byOrder.forEach((orderId, all) -> all.forEach(one -> action.accept(orderId, one)));
    }

    boolean isEmpty() {
        return byOrder.isEmpty();
    }
}
