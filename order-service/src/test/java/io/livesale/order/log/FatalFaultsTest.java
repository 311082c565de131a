package io.livesale.order.log;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.livesale.order.CommandCodec;
import io.livesale.order.LogLines;
import io.livesale.order.OrderServiceTest;
import io.livesale.order.ProcessEnd;
import io.livesale.stack.FreePort;
import io.livesale.stack.KafkaBroker;
import io.livesale.stack.Topics;
import io.quarkus.runtime.ApplicationLifecycleManager;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.metadata.authorizer.StandardAuthorizer;
import org.apache.kafka.server.authorizer.Action;
import org.apache.kafka.server.authorizer.AuthorizableRequestContext;
import org.apache.kafka.server.authorizer.AuthorizationResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process ends only once, so this stands in the Quarkus tests' class loader, apart from the other test of an end. */
@OrderServiceTest
class FatalFaultsTest {
    private static final ProducerRecord<String, byte[]> COMMAND =
            new ProducerRecord<>(CommandCodec.TOPIC, "key", new byte[0]);

    @TempDir
    Path folder;

    /** Allows everything but idempotent writes: these as {@link #answer} says. */
    public static final class IdempotentWrites extends StandardAuthorizer {
        private static volatile Supplier<AuthorizationResult> answer = () -> AuthorizationResult.ALLOWED;

        @Override
        public List<AuthorizationResult> authorize(AuthorizableRequestContext caller, List<Action> actions) {
            return actions.stream()
                    .map(action -> action.operation() == AclOperation.IDEMPOTENT_WRITE
                            ? answer.get()
                            : AuthorizationResult.ALLOWED)
                    .toList();
        }

        @Override
        public AuthorizationResult authorizeByResourceType(
                AuthorizableRequestContext caller, AclOperation operation, ResourceType type) {
            return AuthorizationResult.DENIED;
        }
    }

    @Test
    void onlyAProducerThatWillNeverSendAgainEndsTheProcess() throws Exception {
        Map<String, String> strict = Map.of("authorizer.class.name", IdempotentWrites.class.getName());
        IdempotentWrites.answer = () -> AuthorizationResult.DENIED;
        try (KafkaBroker broker = KafkaBroker.start(folder, FreePort.next(), strict);
                LogLines lines = new LogLines(ProcessEnd.class)) {
            Topics.createMissing(broker.bootstrapServers());
            try (Producer<String, byte[]> producer = producer(broker)) {
                // Permission comes late: until then the producer is, for moments, as one that will never send again.
                await().pollInterval(Duration.ofNanos(1)).until(() -> failsAtOnce(producer));
                IdempotentWrites.answer = () -> AuthorizationResult.ALLOWED;
                await().ignoreException(ExecutionException.class)
                        .until(() -> producer.send(COMMAND).get() != null);
                assertEquals(0, lines.count("the process ends"));
            }

            IdempotentWrites.answer = () -> {
                throw new IllegalStateException("an authorizer that fails");
            };
            try (Producer<String, byte[]> producer = producer(broker)) {
                await().until(() -> failsAtOnce(producer));
                lines.awaitOne("the process ends");
                assertEquals(1, ApplicationLifecycleManager.getExitCode());
            }
        }
    }

    private static Producer<String, byte[]> producer(KafkaBroker broker) {
        return new KafkaClients().producer(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }

    private static boolean failsAtOnce(Producer<String, byte[]> producer) {
        try {
            producer.send(COMMAND);
            return false;
        } catch (KafkaException failsAtOnce) {
            return true;
        }
    }
}
