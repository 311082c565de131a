package io.livesale.catalog.publishing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.livesale.catalog.OfferSnapshot;
import io.livesale.stack.EventContract;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class ContractTest {
    @Inject
    ObjectMapper json;

    @ParameterizedTest
    @ValueSource(strings = {"offer.opened", "offer.closed"})
    void theExampleIsExactlyWhatWeWrite(String type) throws IOException {
        EventContract contract = EventContract.of("catalog-service", type);

        OfferSnapshot read = json.readValue(contract.example(), OfferSnapshot.class);

        assertEquals(List.of(), contract.violations(contract.example()));
        assertEquals(type, read.type());
        assertEquals(json.readTree(contract.example()), json.readTree(json.writeValueAsString(read)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"offer.opened", "offer.closed"})
    void theSchemaRefusesAProductWithoutItsSeller(String type) throws IOException {
        EventContract contract = EventContract.of("catalog-service", type);
        var broken = (com.fasterxml.jackson.databind.node.ObjectNode) json.readTree(contract.example());
        broken.remove("sellerId");

        assertNotEquals(List.of(), contract.violations(broken.toString()));
    }
}
