package io.livesale.e2e;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What people own here: a sale of one creator, one seller and one buyer from its stock to its payouts, told to nobody else. */
final class Belongings {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Pattern THING = Pattern.compile("\\{(?:\\w+:)?(\\w+)}");

    private final String run = UUID.randomUUID().toString();
    private final Map<String, String> things = new LinkedHashMap<>();
    private final Map<String, Person> owners = new HashMap<>();

    private Belongings(String origin) {
        List.of("buyer", "creator", "seller", "operator")
                .forEach(role -> owners.put(role, Person.signIn(origin, role + "-" + run, role)));
        things.put("buyer", owner("buyer"));
        things.put("creator", owner("creator"));
        things.put("seller", owner("seller"));
        things.put("key", "first-" + run);
        things.put("county", "county-" + run.substring(0, 8));
        things.put("programme", "programme-" + run);
        things.put("settlement", "settlement-" + run);
    }

    static Belongings make(String origin) {
        Belongings made = new Belongings(origin);
        made.introduceTheCreator();
        made.sell();
        made.payOut();
        return made;
    }

    /** The user id of who owns, in this role. */
    String owner(String role) {
        return owners.get(role).id();
    }

    /** Somebody else with this role, who owns nothing. */
    String stranger(String role) {
        return "stranger-" + run + "-" + role;
    }

    /** Somebody else with a part in the same sale. */
    String neighbour(String role) {
        return owner(role.equals("creator") ? "seller" : "creator");
    }

    /** By these an answer, or a row, is known to be about this sale. */
    List<String> words() {
        return things.values().stream().distinct().toList();
    }

    /** Likewise, or about whoever came to it here. */
    List<String> marks() {
        return Stream.concat(words().stream(), Stream.of(run)).toList();
    }

    /** Puts things in the places of their names. */
    String fill(String text, String role) {
        return THING.matcher(text)
                .replaceAll(place -> things.getOrDefault(
                        place.group(1) + " of the " + role,
                        things.getOrDefault(place.group(1), things.get("any " + place.group(1)))));
    }

    private Person as(String role) {
        return owners.get(role);
    }

    private void introduceTheCreator() {
        as("operator")
                .put("/counties/" + things.get("county"), Map.of("name", "X", "province", "Y", "designated", false))
                .then()
                .statusCode(200);
        as("creator").put("/creators/me", Map.of("displayName", "Owner")).then().statusCode(200);
        as("operator")
                .put("/creators/" + owner("creator") + "/verification", Map.of("status", "VERIFIED", "reason", "known"))
                .then()
                .statusCode(200);
    }

    /** Orders in every state that a line of the table begins with. */
    private void sell() {
        LiveSession session = LiveSession.start(as("creator"), "Of one owner");
        things.put("session", session.id());
        String offer = session.sell(as("seller"), "Owned paste", 20, Map.of());
        things.put("offer", offer);
        things.put("product", as("buyer").get("/offers/" + offer).path("productId"));
        things.put("spare", session.schedule("Paste in reserve", 1, Map.of()));
        things.put("paid", buy(things.get("key"), 1));
        for (String order : List.of("unwanted", "shipped", "completed")) {
            things.put(order, buy(order, order.equals("completed") ? 3 : 1));
        }
        List<String> orders = List.of("paid", "unwanted", "shipped", "completed");
        orders.forEach(order -> as("buyer").pay(things.get(order)));
        orders.forEach(order -> become(order, "PAID"));
        ship("shipped");
        ship("completed");
        as("buyer")
                .post("/orders/" + things.get("completed") + "/receipt-confirmation")
                .then()
                .statusCode(202);
        become("completed", "COMPLETED");
    }

    private String buy(String key, int quantity) {
        return as("buyer")
                .buy(things.get("offer"), quantity, key)
                .then()
                .statusCode(200)
                .extract()
                .path("orderId");
    }

    private void ship(String order) {
        as("seller")
                .post("/orders/" + things.get(order) + "/shipment", Map.of("carrier", "SF", "trackingNumber", "1"))
                .then()
                .statusCode(202);
        become(order, "SHIPPED");
    }

    private void become(String order, String status) {
        await().atMost(SOON)
                .untilAsserted(() ->
                        as("buyer").get("/orders/" + things.get(order)).then().body("status", equalTo(status)));
    }

    /** One payout for the seller, one for the creator. */
    private void payOut() {
        List<String> payees = List.of("seller", "creator");
        for (String payee : payees) {
            as(payee)
                    .put("/payout-accounts/me", Map.of("kind", "BANK", "holder", "Owner", "account", "62220123"))
                    .then()
                    .statusCode(200)
                    .body("status", equalTo("VERIFIED"));
            await().atMost(SOON)
                    .untilAsserted(() -> as(payee)
                            .get("/earnings/me/entries")
                            .then()
                            .body(
                                    "items.find { it.orderId == '" + things.get("completed") + "' }.state",
                                    equalTo("AVAILABLE")));
        }
        as("operator")
                .post("/settlements", Map.of("settlementId", things.get("settlement")))
                .then()
                .statusCode(202);
        for (String payee : payees) {
            await().atMost(SOON)
                    .untilAsserted(() -> as(payee).get("/payouts").then().body("items[0].status", equalTo("PAID")));
            String payout = as(payee).get("/payouts").path("items[0].payoutId");
            things.put("payout of the " + payee, payout);
            things.put("any payout", payout);
        }
    }
}
