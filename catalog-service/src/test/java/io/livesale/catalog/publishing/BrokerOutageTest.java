package io.livesale.catalog.publishing;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.livesale.catalog.Shop;
import io.livesale.stack.FreePort;
import io.livesale.stack.KafkaBroker;
import io.livesale.stack.TopicReader;
import io.livesale.stack.Topics;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The relay's broker is away when the service starts and comes later. */
@QuarkusTest
@TestProfile(BrokerOutageTest.BrokerElsewhere.class)
class BrokerOutageTest {
    private static final String BROKER = "mp.messaging.outgoing.offers.bootstrap.servers";

    public static final class BrokerElsewhere implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(BROKER, "localhost:" + FreePort.next());
        }
    }

    @TempDir
    Path folder;

    @Test
    void keepsServingAndSendsInOrderOnceTheBrokerIsBack() {
        Shop shop = Shop.verified();
        String offer = shop.openOffer(1);
        shop.close(offer).then().statusCode(200);
        given().get("/offers/" + offer).then().statusCode(200).body("status", equalTo("CLOSED"));
        given().get("/q/health/ready").then().statusCode(200);
        given().get("/q/health/live").then().statusCode(200);

        String address = ConfigProvider.getConfig().getValue(BROKER, String.class);
        try (KafkaBroker broker = KafkaBroker.start(folder, Integer.parseInt(address.split(":")[1]))) {
            Topics.createMissing(broker.bootstrapServers());
            try (TopicReader offers = new TopicReader("offers.v1", broker.bootstrapServers())) {
                await().atMost(Duration.ofSeconds(60))
                        .untilAsserted(() -> assertEquals(List.of(offer + ".1", offer + ".2"), offers.idsOf(offer)));
            }
        }
    }
}
