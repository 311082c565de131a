package io.livesale.order.processing;

import io.livesale.order.CloudEvent;
import io.livesale.order.CommandCodec;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import jakarta.inject.Singleton;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A span for each decision about an order that was placed in a trace: from when the command was accepted to when what
 * became of it is written. Attributes as OpenTelemetry's semantic conventions for messaging name them.
 */
@Singleton
class DecidingTraces {
    private static final Traceparent TRACEPARENT = new Traceparent();

    private final Tracer tracer;

    DecidingTraces(Tracer tracer) {
        this.tracer = tracer;
    }

    void decided(Decision decision) {
        for (StoredEvent stored : decision.decided().events()) {
            if (stored.event().traceparent() != null) {
                record(stored, decision.batch());
            }
        }
    }

    private void record(StoredEvent stored, CommandBatch batch) {
        CloudEvent event = stored.event();
        tracer.spanBuilder("decide " + event.type())
                .setParent(W3CTraceContextPropagator.getInstance().extract(Context.root(), event, TRACEPARENT))
                .setSpanKind(SpanKind.CONSUMER)
                .setStartTimestamp(event.time())
                .setAttribute("messaging.system", "kafka")
                .setAttribute("messaging.operation.type", "process")
                .setAttribute("messaging.destination.name", CommandCodec.TOPIC)
                .setAttribute("messaging.destination.partition.id", Integer.toString(batch.partition()))
                .setAttribute("messaging.kafka.offset", stored.offset())
                .setAttribute("messaging.batch.message_count", batch.commands().size())
                .setAttribute("order.id", event.key())
                .startSpan()
                .end();
    }

    private static final class Traceparent implements TextMapGetter<CloudEvent> {
        @Override
        public Iterable<String> keys(CloudEvent carrier) {
            return List.of("traceparent");
        }

        @Override
        public @Nullable String get(@Nullable CloudEvent carrier, String name) {
            return carrier != null && name.equals("traceparent") ? carrier.traceparent() : null;
        }
    }
}
