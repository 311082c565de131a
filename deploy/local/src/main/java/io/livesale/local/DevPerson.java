package io.livesale.local;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;

/**
 * Somebody to sign in as.
 *
 * @param subject the user id
 * @param name what pages call this person
 */
record DevPerson(String subject, String name, List<String> roles) {
    /** The demo sale's people, and three to buy from them. */
    static final List<DevPerson> KNOWN = List.of(
            new DevPerson("lin", "Lin", List.of("buyer")),
            new DevPerson("mei", "Mei", List.of("buyer")),
            new DevPerson("bo", "Bo", List.of("buyer")),
            new DevPerson(DemoSale.CREATOR, "Xiaomei, streamer", List.of("creator")),
            new DevPerson(DemoSale.SELLER, "Zhashui co-operative", List.of("seller")),
            new DevPerson(DemoSale.OPERATOR, "Operator", List.of("operator")));

    /** Anybody else is a buyer. */
    static DevPerson of(String subject) {
        return KNOWN.stream()
                .filter(person -> person.subject().equals(subject))
                .findFirst()
                .orElseGet(() -> new DevPerson(subject, subject, List.of("buyer")));
    }

    JsonObject withToken(String token) {
        return JsonObject.of("token", token, "subject", subject, "name", name, "roles", new JsonArray(roles));
    }

    Set<String> roleSet() {
        return Set.copyOf(roles);
    }
}
