package io.livesale.order.processing;

import io.livesale.order.Offer;
import io.livesale.order.OrderBook;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The offers of a partition's last batch as it left them, which spares the next one reading them. True only while the
 * partition's progress row still says the same offset: another writer would have moved it.
 */
record PartitionMemory(long nextOffset, Map<UUID, Offer> offers) {
    /** Remembers nothing, and is never taken for true. */
    static final PartitionMemory NONE = new PartitionMemory(-1, Map.of());

    static PartitionMemory of(long nextOffset, Set<UUID> offerIds, OrderBook book) {
        return new PartitionMemory(
                nextOffset,
                offerIds.stream()
                        .map(book::findOffer)
                        .flatMap(Optional::stream)
                        .collect(Collectors.toUnmodifiableMap(Offer::id, offer -> offer)));
    }
}
