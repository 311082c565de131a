package io.livesale.order.bridging;

import io.livesale.order.CloudEvent;
import io.livesale.order.CommandLog;
import io.livesale.order.EventSender;
import io.livesale.order.EventSender.Unreadable;
import io.livesale.order.Json;
import io.livesale.order.OfferTerms;
import io.livesale.order.OrderCommand;
import io.livesale.order.OrderCommand.CloseOffer;
import io.livesale.order.OrderCommand.OpenOffer;
import io.livesale.order.Retries;
import io.livesale.order.UnreadableRecordException;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * Carries openings and closings from {@code offers.v1} into the command log, so that they and the orders have one order.
 * Appends in turn and acknowledges after the last; a repeat appends again, which the rules take as nothing new.
 */
@ApplicationScoped
class OfferBridge {
    private final CommandLog log;
    private final EventSender events;
    private final Retries retries;
    private final Clock clock;
    private final MeterRegistry metrics;

    OfferBridge(CommandLog log, EventSender events, Retries retries, Clock clock, MeterRegistry metrics) {
        this.log = log;
        this.events = events;
        this.retries = retries;
        this.clock = clock;
        this.metrics = metrics;
    }

    @Incoming("offers")
    Uni<Void> carry(ConsumerRecords<String, byte[]> poll) {
        return Multi.createFrom()
                .iterable(poll)
                .onItem()
                .transformToUniAndConcatenate(this::carry)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> carry(ConsumerRecord<String, byte[]> entry) {
        String step = "carry " + entry.topic() + " offset " + entry.offset();
        try {
            Optional<OrderCommand> told = command(entry, clock.instant());
            if (told.isEmpty()) {
                metrics.counter("order.events.skipped", "topic", entry.topic()).increment();
            }
            return told.map(command ->
                            retries.untilDone(step, () -> log.append(command).replaceWithVoid()))
                    .orElse(Uni.createFrom().voidItem());
        } catch (UnreadableRecordException e) {
            List<Unreadable> letter = List.of(new Unreadable(entry, e.getMessage()));
            return retries.untilDone(step, () -> events.divert(letter));
        }
    }

    /** Empty for an event that is nothing to us; throws {@link UnreadableRecordException} for what is none. */
    static Optional<OrderCommand> command(ConsumerRecord<String, byte[]> entry, Instant now) {
        return switch (CloudEvent.typeOf(entry.headers())) {
            case "offer.opened" -> Optional.of(new OpenOffer(terms(entry), now));
            case "offer.closed" -> Optional.of(new CloseOffer(terms(entry), now));
            default -> Optional.empty();
        };
    }

    private static OfferTerms terms(ConsumerRecord<String, byte[]> entry) {
        return Json.read(entry.value(), OfferTerms.class);
    }
}
