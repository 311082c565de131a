package io.livesale.order.log;

import io.livesale.order.ProcessEnd;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.jspecify.annotations.Nullable;

/**
 * Some faults, as a refused sign-in or an answer it cannot make sense of, put an idempotent producer in a state it never
 * leaves. From then on it fails every record with a {@link KafkaException} of no special kind, and only a new process
 * mends that. Missing permissions are not among them: it asks again until they are granted, and fails the same way only
 * in between.
 */
public final class FatalFaults implements ProducerInterceptor<String, byte[]> {
    @Override
    public void onAcknowledgement(@Nullable RecordMetadata metadata, @Nullable Exception failure) {
        if (failure != null
                && failure.getClass() == KafkaException.class
                && !(failure.getCause() instanceof AuthorizationException)) {
            ProcessEnd.because("a producer will never send again", failure);
        }
    }

    @Override
    public ProducerRecord<String, byte[]> onSend(ProducerRecord<String, byte[]> outgoing) {
        return outgoing;
    }

    @Override
    public void configure(Map<String, ?> settings) {}

    @Override
    public void close() {}
}
