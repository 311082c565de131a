package io.livesale.e2e.faults;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;

/** What the people of a run know of each other: which offers are on, and what is to be shipped by whom. */
final class Market {
    /**
     * @param price in fen
     * @param shop whose offer it is
     */
    record OnSale(String offerId, int shop, boolean gift, int price) {}

    /** @param total in fen */
    record ToShip(String orderId, int total) {}

    private final Map<String, OnSale> onSale = new ConcurrentHashMap<>();
    private final List<BlockingQueue<ToShip>> toShip;

    Market(int shops) {
        toShip = Stream.<BlockingQueue<ToShip>>generate(LinkedBlockingQueue::new)
                .limit(shops)
                .toList();
    }

    void opened(OnSale offer) {
        onSale.put(offer.offerId(), offer);
    }

    void closed(String offerId) {
        onSale.remove(offerId);
    }

    /** One of those that are on, by chance. */
    Optional<OnSale> choose(Random random) {
        List<OnSale> offers = List.copyOf(onSale.values());
        return offers.isEmpty() ? Optional.empty() : Optional.of(offers.get(random.nextInt(offers.size())));
    }

    void paid(OnSale offer, String orderId, int quantity) {
        if (!offer.gift()) {
            toShip.get(offer.shop()).add(new ToShip(orderId, offer.price() * quantity));
        }
    }

    BlockingQueue<ToShip> toShip(int shop) {
        return toShip.get(shop);
    }
}
