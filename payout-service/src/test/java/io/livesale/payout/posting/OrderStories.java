package io.livesale.payout.posting;

import io.livesale.payout.PaidOrders;
import io.livesale.payout.SettlementProfile;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Makes up what may happen to orders, and knows what it comes to. The sums are written on purpose in another way than
 * the service: floor division of each part of what is left in the end, one order at a time.
 */
final class OrderStories {
    /** Fee in basis points by county; any other county pays the standard 500. */
    static final Map<String, Integer> PROGRAMMES = Map.of("county-free", 0, "county-cheap", 123);

    private static final int PEOPLE = 12;
    private static final List<String> CURRENCIES = List.of("CNY", "CNY", "CNY", "USD");
    private static final List<String> COUNTIES = List.of("county-free", "county-cheap", "county-dear");

    private final Random random;
    private final Instant first;
    private final String people;

    OrderStories(Random random, Instant first) {
        this.random = random;
        this.first = first;
        this.people = "p-" + randomId() + "-";
    }

    /**
     * What is told of an order, and what it comes to.
     *
     * @param left of its gross, in minor units
     */
    record Story(
            List<ConsumerRecord<byte[], byte[]>> events,
            @Nullable String seller,
            String creator,
            String currency,
            int feeBasisPoints,
            int commissionBasisPoints,
            long left,
            boolean completed) {
        /** Adds to each balance what it gets once every timer has done its work; keys are {@code account/currency}. */
        void addTo(Map<String, Long> balances) {
            long commission = Math.floorDiv(left * commissionBasisPoints, 10_000L);
            long fee = left - commission;
            if (seller != null) {
                fee = Math.min(fee, Math.floorDiv(left * feeBasisPoints, 10_000L));
                pay(balances, seller, left - commission - fee);
            }
            pay(balances, creator, commission);
            balances.merge("platform:fees/" + currency, fee, Long::sum);
            balances.merge("psp-clearing/" + currency, -left, Long::sum);
        }

        private void pay(Map<String, Long> balances, String person, long amount) {
            String party = "party:" + person;
            balances.merge(party + ":pending/" + currency, completed ? 0 : amount, Long::sum);
            balances.merge(party + ":available/" + currency, completed ? amount : 0, Long::sum);
            balances.merge(party + ":reserved/" + currency, 0L, Long::sum);
        }
    }

    Story next() {
        boolean gift = random.nextInt(5) == 0;
        String seller = gift ? null : person();
        String creator = person();
        String county = pick(COUNTIES);
        String currency = pick(CURRENCIES);
        int commission = random.nextInt(10_001);
        long gross = random.nextInt(100_000);
        Instant paidAt = first.plus(Duration.ofSeconds(random.nextInt(100_000)));
        PaidOrders order = (gift
                        ? PaidOrders.gift()
                        : PaidOrders.sale().seller(seller).county(county))
                .orderId(randomId())
                .creator(creator)
                .commission(commission)
                .total(gross, currency)
                .at(paidAt);
        if (!gift) {
            order.profile(pick(List.of(SettlementProfile.values())));
        }

        List<ConsumerRecord<byte[], byte[]>> events = new ArrayList<>(List.of(order.event()));
        boolean delivered = !gift && random.nextInt(4) > 0;
        boolean completed = gift || delivered && random.nextInt(4) > 0;
        if (delivered) {
            events.add(order.delivered(paidAt.plus(Duration.ofHours(random.nextInt(100)))));
        }
        if (completed) {
            events.add(order.completed(paidAt.plus(Duration.ofHours(100 + random.nextInt(300)))));
        }
        long left = gross;
        for (int refund = 0; refund < random.nextInt(4) && left > 0; refund++) {
            long amount = random.nextInt(3) == 0 ? left : 1 + random.nextInt((int) left);
            events.add(order.refunded("r" + refund, amount, paidAt.plus(Duration.ofHours(random.nextInt(500)))));
            left -= amount;
        }
        int fee = PROGRAMMES.getOrDefault(county, 500);
        return new Story(events, seller, creator, currency, fee, commission, left, completed);
    }

    private String person() {
        return people + random.nextInt(PEOPLE);
    }

    private UUID randomId() {
        return new UUID(random.nextLong(), random.nextLong());
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
