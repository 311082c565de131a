package io.livesale.order.log;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.livesale.order.CommandCodec;
import io.livesale.order.LogLines;
import io.livesale.order.OrderServiceTest;
import io.livesale.order.ProcessEnd;
import io.livesale.stack.FreePort;
import io.livesale.stack.KafkaBroker;
import io.livesale.stack.Topics;
import io.quarkus.runtime.ApplicationLifecycleManager;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
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

    /** Allows everything but idempotent writes. */
    public static final class NoIdempotentWrites extends StandardAuthorizer {
        @Override
        public List<AuthorizationResult> authorize(AuthorizableRequestContext caller, List<Action> actions) {
            return actions.stream()
                    .map(action -> action.operation() == AclOperation.IDEMPOTENT_WRITE
                            ? AuthorizationResult.DENIED
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
    void aProducerThatWillNeverSendAgainEndsTheProcess() {
        Map<String, String> strict = Map.of("authorizer.class.name", NoIdempotentWrites.class.getName());
        try (KafkaBroker broker = KafkaBroker.start(folder, FreePort.next(), strict);
                Producer<String, byte[]> producer =
                        new KafkaClients().producer(Map.of("bootstrap.servers", broker.bootstrapServers()));
                LogLines lines = new LogLines(ProcessEnd.class)) {
            Topics.createMissing(broker.bootstrapServers());
            ExecutionException fault = assertThrows(
                    ExecutionException.class, () -> producer.send(COMMAND).get());
            assertInstanceOf(ClusterAuthorizationException.class, fault.getCause());

            // The first records may all fail of the cause itself, before the producer is in that state.
            await().untilAsserted(() -> assertThrows(KafkaException.class, () -> producer.send(COMMAND)));

            lines.awaitOne("the process ends");
            assertEquals(1, ApplicationLifecycleManager.getExitCode());
        }
    }
}
