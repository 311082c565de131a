package io.livesale.order.intake;

import io.livesale.order.CallerContext;
import io.livesale.order.CloudEvent;
import io.livesale.order.Json;
import io.livesale.order.SalesFigures;
import io.livesale.order.TopicFollower;
import io.livesale.order.TopicFollower.From;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What is on sale, as this replica last heard: the newest figures of every offer, from {@code offer-sales.v1}. An offer
 * stands here once the log has decided its opening, so whoever is let in at the door finds it open in the log too. May
 * lag a little: the log decides, the door only spares it what cannot succeed.
 */
@Singleton
class OfferBoard {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    private final Map<UUID, SalesFigures> offers = new ConcurrentHashMap<>();
    private final Map<String, Object> broker;
    private TopicFollower follower;

    OfferBoard(@Identifier("default-kafka-broker") Map<String, Object> broker) {
        this.broker = broker;
    }

    void start(@Observes Startup startup) {
        follower = new TopicFollower(broker, SalesFigures.TOPIC, From.BEGINNING, this::read);
    }

    @PreDestroy
    void stop() {
        follower.close();
    }

    /** Whether every offer that was known to the topic at the start is on the board. */
    boolean complete() {
        return follower.caughtUp();
    }

    Optional<SalesFigures> find(UUID offerId) {
        return Optional.ofNullable(offers.get(offerId));
    }

    /** The offer, or empty when nothing is heard of it in time. */
    Uni<Optional<SalesFigures>> await(UUID offerId, Duration atMost) {
        if (offers.containsKey(offerId)) {
            return Uni.createFrom().item(find(offerId));
        }
        Multi<Optional<SalesFigures>> looks = Uni.createFrom()
                .item(() -> find(offerId))
                .repeat()
                .withDelay(LOOK_AGAIN)
                .atMost(1 + atMost.dividedBy(LOOK_AGAIN));
        return CallerContext.resume(looks.select()
                .where(Optional::isPresent)
                .toUni()
                .map(found -> found == null ? Optional.empty() : found));
    }

    private void read(ConsumerRecord<String, byte[]> entry) {
        String type = CloudEvent.typeOf(entry.headers());
        if (type.equals(SalesFigures.CHANGED) || type.equals(SalesFigures.SETTLED)) {
            put(Json.read(entry.value(), SalesFigures.class));
        }
    }

    private void put(SalesFigures heard) {
        offers.merge(heard.offerId(), heard, (old, fresh) -> fresh.version() > old.version() ? fresh : old);
    }
}
