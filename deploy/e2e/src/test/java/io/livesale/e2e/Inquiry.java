package io.livesale.e2e;

import static java.util.stream.Collectors.toMap;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Sends the table's requests, each to its service's own port, and collects what is not answered as it should be. */
final class Inquiry {
    private final Map<String, String> origins;
    private final Mint mint;
    private final Belongings belongings;
    private final List<String> faults = new ArrayList<>();

    Inquiry(LocalSystem system, Mint mint, Belongings belongings) {
        this.origins = Access.SERVICES.stream().collect(toMap(service -> service, system::origin));
        this.mint = mint;
        this.belongings = belongings;
    }

    List<String> faults() {
        return faults;
    }

    /** Whether whoever comes with this is refused, as a client can read it. */
    void refuses(int status, String code, Access line, String role, String authorization, String who) {
        Answer answer = Answer.to(request(line, role, authorization));
        note(line, who, answer.faultsAsRefusal(status, code));
    }

    /** Whether the line's answer is given. */
    Answer answers(Access line, String role, String authorization, String who) {
        Answer answer = Answer.to(request(line, role, authorization));
        note(line, who, answer.faultsAs(line.answer()));
        return answer;
    }

    /** Whether strangers, each asking about their own, are told of nothing but what their request itself names. */
    void keepsApart(Access line, String role, Answer owners) {
        Answer strangers = answers(line, role, bearer(belongings.stranger(role), role), "a stranger as " + role);
        String asked = belongings.fill(line.path(), role) + belongings.fill(Bodies.of(line.operation()), role);
        belongings.words().stream()
                .filter(word -> strangers.body().contains(word) && !asked.contains(word))
                .forEach(word -> note(line, "a stranger", List.of("is told of " + word)));
        if (line.method().equals("GET") && strangers.body().equals(owners.body())) {
            note(line, "a stranger", List.of("is told what its owner is told"));
        }
    }

    void note(Access line, String who, List<String> found) {
        found.forEach(fault -> faults.add("%s, %s: %s".formatted(line, who, fault)));
    }

    String origin(Access line) {
        return origins.get(line.service());
    }

    HttpRequest.Builder request(Access line, String role, String authorization) {
        String body = belongings.fill(Bodies.of(line.operation()), role);
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(origin(line) + belongings.fill(line.path(), role)))
                .header("Accept", line.accept())
                .header("Idempotency-Key", belongings.fill("{key}", role))
                .header("Prefer", "wait=10")
                .method(line.method(), body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", body.startsWith("{") ? "application/json" : "text/csv");
        }
        return authorization.isEmpty() ? request : request.header("Authorization", authorization);
    }

    /** The owner's token, with this role alone. */
    String owner(String role) {
        return bearer(belongings.owner(role), role);
    }

    String bearer(String subject, String... roles) {
        return "Bearer " + mint.token(subject, roles);
    }
}
