package io.livesale.e2e;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.livesale.local.Child;
import io.livesale.local.LocalParts;
import io.livesale.stack.FreePort;
import io.restassured.RestAssured;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The sandbox for clusters in front of the services, which are set as {@code deploy/kubernetes/components/sandbox} sets
 * them: its tokens count, its payments reach the ledger, and a restart changes nothing for whoever is signed in.
 */
@Tag("long")
class SandboxIT {
    private static final Path REPOSITORY = Path.of("..", "..").toAbsolutePath().normalize();
    private static final Path FOLDER =
            Path.of("target", "system", "sandbox-" + System.currentTimeMillis()).toAbsolutePath();
    private static final Path COMPONENT = REPOSITORY.resolve("deploy/kubernetes/components/sandbox");
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int PORT = FreePort.firstOfTen();
    /** The ports between are the parts'. */
    private static final int SANDBOX_PORT = PORT + 9;

    private static final String ORIGIN = "http://localhost:" + SANDBOX_PORT;

    private static Parts system;
    private static Child sandbox;

    @BeforeAll
    static void start() throws InterruptedException {
        system = Parts.open(FOLDER, PORT);
        system.startPostgres();
        system.startKafka();
        sandbox = startSandbox();
        system.startServices(system.local().services(), settings());
    }

    @AfterAll
    static void stop() {
        Closing.all(List.<AutoCloseable>of(sandbox::stop, system));
    }

    @Test
    void aJarIsBoughtPaidAndPosted() {
        Person operator = Person.signIn(ORIGIN, "staff", "operator");
        operator.put("/counties/611026", Map.of("name", "Zhashui", "province", "Shaanxi", "designated", true))
                .then()
                .statusCode(200);
        Person creator = Person.signIn(ORIGIN, "xiaomei", "creator");
        creator.put("/creators/me", Map.of("displayName", "Xiaomei")).then().statusCode(200);
        operator.put("/creators/xiaomei/verification", Map.of("status", "VERIFIED", "reason", "Papers seen"))
                .then()
                .statusCode(200);
        Person buyer = Person.signIn(ORIGIN, "lin", "buyer");
        String offer = LiveSession.start(creator, "Mountain evening").sell("Mushroom paste", 5);

        String first = buy(buyer, offer, "first");
        sandbox.stop();
        sandbox = startSandbox();
        String second = buy(buyer, offer, "second");

        List.of(first, second)
                .forEach(order -> await(order)
                        .atMost(SOON)
                        .untilAsserted(() -> LiveSession.seller(ORIGIN)
                                .get("/earnings/me/entries")
                                .then()
                                .body("items.find { it.orderId == '" + order + "' }.state", equalTo("PENDING"))));
    }

    @Test
    void itsPagesAreSignedInTo() {
        String page = RestAssured.get(ORIGIN + "/me/sessions").asString();

        assertTrue(page.contains("/dev/session") && page.contains("/dev/sign-in"), page);
        assertEquals(200, RestAssured.get(ORIGIN + "/dev/sign-in").statusCode());
    }

    private static String buy(Person buyer, String offer, String key) {
        String order = buyer.buy(offer, 1, key).then().statusCode(200).extract().path("orderId");
        buyer.pay(order);
        await().atMost(SOON)
                .untilAsserted(() -> buyer.get("/orders/" + order).then().body("status", equalTo("PAID")));
        return order;
    }

    private static Child startSandbox() {
        LocalParts parts = system.local();
        Map<String, String> environment = new HashMap<>(Map.of(
                "SANDBOX_PORT", Integer.toString(SANDBOX_PORT),
                "SANDBOX_ORIGIN", ORIGIN,
                "SANDBOX_DATA", FOLDER.resolve("sandbox").toString(),
                "ORDER_PAYMENT_WEBHOOK_SECRETS", parts.paymentWebhookSecret(),
                "PAYOUT_PROVIDER_WEBHOOK_SECRETS", parts.payoutWebhookSecret()));
        parts.services()
                .forEach(service -> environment.put(
                        "SANDBOX_" + service.toUpperCase(Locale.ROOT).replace('-', '_'),
                        "localhost:" + parts.port(service)));
        Child child = Child.startService(
                "sandbox",
                parts.log("sandbox"),
                List.of(),
                REPOSITORY.resolve("deploy/sandbox/target/quarkus-app/quarkus-run.jar"),
                environment);
        await().atMost(SOON)
                .ignoreExceptions()
                .until(() -> RestAssured.get(ORIGIN + "/dev/keys").statusCode() == 200);
        return child;
    }

    /** All that the component sets, with this sandbox's address in place of its Service's. */
    private static Map<String, String> settings() {
        Pattern setting = Pattern.compile("(?m)^ *(?:- )?([A-Z][A-Z_]+)=(.+)$");
        return List.of("issuer.env", "kustomization.yaml").stream()
                .flatMap(file -> setting.matcher(read(COMPONENT.resolve(file))).results())
                .collect(Collectors.toMap(
                        found -> found.group(1), found -> found.group(2).replace("http://sandbox/", ORIGIN + "/")));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
