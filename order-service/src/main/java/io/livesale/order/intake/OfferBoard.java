package io.livesale.order.intake;

import io.livesale.order.CallerContext;
import io.livesale.order.CloudEvent;
import io.livesale.order.Json;
import io.livesale.order.SalesFigures;
import io.livesale.order.TopicFollower;
import io.livesale.order.TopicFollower.From;
import io.livesale.order.UnreadableRecordException;
import io.livesale.order.Waiting;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;
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
    private static final Duration MEND_EVERY = Duration.ofSeconds(1);

    private final Map<UUID, SalesFigures> offers = new ConcurrentHashMap<>();
    private final Waiting<UniEmitter<? super Optional<SalesFigures>>> waiting = new Waiting<>();
    private final Map<String, Object> broker;
    private final StaleFigures stale;
    private final Vertx vertx;
    private TopicFollower follower;
    private long mending;

    OfferBoard(@Identifier("default-kafka-broker") Map<String, Object> broker, StaleFigures stale, Vertx vertx) {
        this.broker = broker;
        this.stale = stale;
        this.vertx = vertx;
    }

    void start(@Observes Startup startup) {
        follower = new TopicFollower(broker, SalesFigures.TOPIC, From.BEGINNING, this::read);
        mending = vertx.setPeriodic(MEND_EVERY.toMillis(), timer -> mend());
    }

    @PreDestroy
    void stop() {
        vertx.cancelTimer(mending);
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
        Optional<SalesFigures> known = find(offerId);
        if (known.isPresent() || atMost.isZero()) {
            return Uni.createFrom().item(known);
        }
        return CallerContext.resume(Uni.createFrom()
                .<Optional<SalesFigures>>emitter(answer -> listen(offerId, answer))
                .ifNoItem()
                .after(atMost)
                .recoverWithItem(Optional.empty()));
    }

    /** Looks again afterwards, for the offer may have come in between. */
    private void listen(UUID offerId, UniEmitter<? super Optional<SalesFigures>> answer) {
        waiting.add(offerId, answer);
        answer.onTermination(() -> waiting.remove(offerId, answer));
        find(offerId).ifPresent(offer -> answer.complete(Optional.of(offer)));
    }

    boolean isAwaited() {
        return !waiting.isEmpty();
    }

    private void read(ConsumerRecord<String, byte[]> entry) {
        figures(entry).ifPresent(this::put);
    }

    /** Empty for an event that is nothing to us; throws {@link UnreadableRecordException} for what is none. */
    static Optional<SalesFigures> figures(ConsumerRecord<String, byte[]> entry) {
        String type = CloudEvent.typeOf(entry.headers());
        return type.equals(SalesFigures.CHANGED) || type.equals(SalesFigures.SETTLED)
                ? Optional.of(Json.read(entry.value(), SalesFigures.class))
                : Optional.empty();
    }

    private void put(SalesFigures heard) {
        SalesFigures newest = offers.merge(
                heard.offerId(), heard, (known, fresh) -> fresh.version() > known.version() ? fresh : known);
        waiting.tell(heard.offerId(), answer -> answer.complete(Optional.of(newest)));
        if (heard.version() < newest.version()) {
            stale.heardAfter(newest);
        } else {
            stale.heardInTurn(heard.offerId());
        }
    }

    /** Not before all is read: what came out of turn may have been followed by newer figures long ago. */
    private void mend() {
        if (complete()) {
            stale.mend();
        }
    }
}
