package io.livesale.payout.posting;

import io.livesale.payout.OrderEvent.Refunded;
import io.livesale.payout.OrderPaid;
import io.livesale.payout.posting.Reading.Told;
import io.livesale.payout.posting.Recording.Recorded;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A span for each payment and refund of an order that was placed in a trace: from when it was sent to when it is in our
 * books.
 * Attributes as OpenTelemetry's semantic conventions for messaging name them.
 */
@Singleton
class PostingTraces {
    private static final Fields FIELDS = new Fields();

    private final Tracer tracer;

    PostingTraces(Tracer tracer) {
        this.tracer = tracer;
    }

    /** Nothing of a poll with repeats in it: whoever reads the topic again has told of it already. */
    void recorded(List<Told> told, Recorded recorded) {
        if (recorded.repeats() > 0) {
            return;
        }
        for (Told one : told) {
            boolean moves = one.event() instanceof OrderPaid || one.event() instanceof Refunded;
            if (moves && one.source().headers().lastHeader("traceparent") != null) {
                record(one);
            }
        }
    }

    private void record(Told told) {
        ConsumerRecord<byte[], byte[]> source = told.source();
        tracer.spanBuilder("post " + FIELDS.get(source.headers(), "ce_type"))
                .setParent(W3CTraceContextPropagator.getInstance().extract(Context.root(), source.headers(), FIELDS))
                .setSpanKind(SpanKind.CONSUMER)
                .setStartTimestamp(Instant.ofEpochMilli(source.timestamp()))
                .setAttribute("messaging.system", "kafka")
                .setAttribute("messaging.operation.type", "process")
                .setAttribute("messaging.destination.name", source.topic())
                .setAttribute("messaging.destination.partition.id", Integer.toString(source.partition()))
                .setAttribute("messaging.kafka.offset", source.offset())
                .setAttribute("order.id", told.event().orderId().toString())
                .startSpan()
                .end();
    }

    private static final class Fields implements TextMapGetter<Headers> {
        @Override
        public Iterable<String> keys(Headers carrier) {
            return StreamSupport.stream(carrier.spliterator(), false)
                    .map(Header::key)
                    .toList();
        }

        @Override
        public @Nullable String get(@Nullable Headers carrier, String name) {
            Header header = carrier == null ? null : carrier.lastHeader(name);
            return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
        }
    }
}
