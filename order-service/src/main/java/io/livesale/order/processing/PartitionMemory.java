package io.livesale.order.processing;

import io.livesale.order.Offer;
import io.livesale.order.Order;
import io.livesale.order.OrderBook;
import io.livesale.order.OrderBook.Allowance;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a partition's last batch touched, as it left it. The next batch is decided with it while the database may not know
 * it yet; that decision is written only if the partition's progress row then says the same offset.
 */
record PartitionMemory(
        long nextOffset, Map<UUID, Offer> offers, Map<UUID, Order> orders, Map<Allowance, Integer> units) {
    /** Remembers nothing: the database is asked where the partition stands. */
    static final PartitionMemory NONE = nothingAt(-1);

    /** @param book that holds what the last batch touched, and nothing else */
    static PartitionMemory of(long nextOffset, OrderBook book) {
        return new PartitionMemory(
                nextOffset,
                book.offers().stream().collect(Collectors.toUnmodifiableMap(Offer::id, Function.identity())),
                book.orders().stream().collect(Collectors.toUnmodifiableMap(Order::orderId, Function.identity())),
                Map.copyOf(book.unitsHeld()));
    }

    /** Puts what the batch touches into the book, in place of what the database said. */
    void recall(CommandBatch batch, OrderBook book) {
        book.load(known(offers, batch.offerIds().stream()), known(orders, batch.orderIds().stream()), Map.of());
        Stream<Allowance> changing = book.orders().stream().map(Allowance::of);
        Map<Allowance, Integer> held = Stream.concat(batch.placing().stream(), changing)
                .distinct()
                .filter(units::containsKey)
                .collect(Collectors.toMap(Function.identity(), units::get));
        book.load(List.of(), List.of(), held);
    }

    static PartitionMemory nothingAt(long nextOffset) {
        return new PartitionMemory(nextOffset, Map.of(), Map.of(), Map.of());
    }

    private static <K, V> List<V> known(Map<K, V> remembered, Stream<K> keys) {
        return keys.map(remembered::get).flatMap(Stream::ofNullable).toList();
    }
}
