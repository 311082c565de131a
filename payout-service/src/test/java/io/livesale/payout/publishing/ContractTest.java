package io.livesale.payout.publishing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.livesale.payout.PayoutEvent;
import io.livesale.stack.EventContract;
import io.livesale.stack.StackResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(value = StackResource.class, initArgs = @ResourceArg(name = "database", value = "payouts"))
class ContractTest {
    @Inject
    ObjectMapper json;

    static List<String> types() {
        return List.of(
                "payout.scheduled",
                "payout.held",
                "payout.in-transit",
                "payout.paid",
                "payout.failed",
                "payout.cancelled");
    }

    @ParameterizedTest
    @MethodSource("types")
    void theExampleIsExactlyWhatWeWrite(String type) throws IOException {
        EventContract contract = EventContract.of("payout-service", type);

        PayoutEvent read = json.readValue(contract.example(), PayoutEvent.class);

        assertEquals(List.of(), contract.violations(contract.example()));
        assertEquals(type, read.type());
        assertEquals(json.readTree(contract.example()), json.readTree(json.writeValueAsString(read)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"payoutId", "userId", "amount", "status", "version", "at"})
    void theSchemaRefusesAnEventWithoutIts(String field) throws IOException {
        EventContract contract = EventContract.of("payout-service", "payout.paid");
        ObjectNode broken = (ObjectNode) json.readTree(contract.example());
        broken.remove(field);

        assertNotEquals(List.of(), contract.violations(broken.toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"payout.held", "payout.failed", "payout.cancelled"})
    void theSchemaWantsToKnowWhy(String type) throws IOException {
        EventContract contract = EventContract.of("payout-service", type);
        ObjectNode broken = (ObjectNode) json.readTree(contract.example());
        broken.remove("reason");

        assertNotEquals(List.of(), contract.violations(broken.toString()));
    }

    @Test
    void theDocumentNamesEveryEvent() throws IOException {
        String document = Files.readString(Path.of("contracts", "asyncapi.yaml"));
        for (String type : types()) {
            assertTrue(document.contains("$ref: './" + type + ".schema.json'"), type);
            assertTrue(document.contains("$ref: '#/components/messages/" + type + "'"), type);
        }
        try (var files = Files.list(Path.of("contracts"))) {
            assertEquals(2 * types().size() + 1, files.count(), "a schema and an example of each, and the document");
        }
    }
}
