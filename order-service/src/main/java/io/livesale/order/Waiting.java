package io.livesale.order;

import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Those on this replica who wait for news of an order or an offer, by its id. Whoever is added must be removed. */
public final class Waiting<T> {
    private final Map<UUID, Set<T>> byId = new ConcurrentHashMap<>();

    public void add(UUID subject, T one) {
        byId.compute(subject, (id, others) -> {
            Set<T> all = others == null ? ConcurrentHashMap.newKeySet() : others;
            all.add(one);
            return all;
        });
    }

    public void remove(UUID subject, T one) {
        byId.computeIfPresent(subject, (id, all) -> {
            all.remove(one);
            return all.isEmpty() ? null : all;
        });
    }

    public void tell(UUID subject, Consumer<T> news) {
        Set<T> all = byId.get(subject);
        if (all != null) {
            all.forEach(news);
        }
    }

    public void forEach(BiConsumer<UUID, T> action) {
        byId.forEach((subject, all) -> all.forEach(one -> action.accept(subject, one)));
    }

    public boolean isEmpty() {
        return byId.isEmpty();
    }
}
