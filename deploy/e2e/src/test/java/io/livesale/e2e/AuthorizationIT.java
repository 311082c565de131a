package io.livesale.e2e;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Every operation that the services publish, and those they do not, asked by everybody who might: {@code access.txt} says
 * who may. Refusals come first, while all that they are about is as its owners left it; then the owners send the very same
 * requests.
 */
@SharedSystem
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AuthorizationIT {
    private static final List<Access> TABLE = Access.table();
    private static final List<String> ROLES = List.of("buyer", "creator", "seller", "operator");
    private static final Duration SOON = Duration.ofSeconds(20);

    private static LocalSystem system;
    private static Mint mint;
    private static Belongings belongings;
    private static Traces before;

    private Inquiry service;

    @BeforeAll
    static void letPeopleOwnSomething(LocalSystem shared) {
        system = shared;
        mint = system.mint();
        belongings = Belongings.make(system.origin());
        // What follows from it, the figures of its offers for one, is told from service to service for a moment.
        await().atMost(SOON)
                .pollInterval(Duration.ofMillis(250))
                .during(Duration.ofSeconds(1))
                .until(() -> {
                    Traces earlier = before;
                    before = traces();
                    return before.equals(earlier);
                });
    }

    @BeforeEach
    void begin() {
        service = new Inquiry(system, mint, belongings);
    }

    @Test
    void whatIsPublishedAndWhatIsTriedAreTheSameOperationsForTheSameRoles() {
        Set<String> published = new TreeSet<>();
        for (String name : Access.SERVICES) {
            ApiDocument.of(name, URI.create(system.origin(name)).getPort())
                    .operations()
                    .forEach(operation ->
                            published.add(name + " " + operation + " " + new TreeSet<>(operation.roles())));
        }
        Set<String> tried = TABLE.stream()
                .filter(Access::documented)
                .map(line -> line.service() + " " + line.operation() + " " + new TreeSet<>(line.mayAsk()))
                .collect(toSet());

        assertFalse(published.isEmpty());
        assertEquals(Set.of(), without(tried, published), "published, but not so in access.txt");
        assertEquals(Set.of(), without(published, tried), "in access.txt, but not so published");
    }

    private static Set<String> without(Set<String> some, Set<String> all) {
        Set<String> rest = new TreeSet<>(all);
        rest.removeAll(some);
        return rest;
    }

    @Test
    void whatIsNotPublishedIsTriedToo() throws IOException {
        for (String name : Access.SERVICES) {
            long tried = TABLE.stream()
                    .filter(line -> line.service().equals(name) && !line.documented())
                    .filter(line -> !line.isOfManagement())
                    .count();

            assertEquals(ApiDocument.hidden(name), tried, name);
        }
    }

    @Test
    void whatIsForEverybodyAsksForNoToken() {
        String expired = mint.refused("somebody", "buyer").get("a token that is expired");
        for (Access line : TABLE) {
            if (!line.isGuarded() && !line.otherwise().equals("signed")) {
                service.answers(line, "buyer", "", "anybody");
                service.answers(line, "buyer", expired, "somebody who stayed too long");
            }
        }

        assertEquals(List.of(), service.faults());
    }

    @Test
    void withoutAGoodTokenNobodyGetsIn() throws SQLException {
        Map<String, Map<String, String>> bad =
                ROLES.stream().collect(toMap(role -> role, role -> mint.refused(belongings.owner(role), role)));
        for (Access line : guarded()) {
            String role = line.oneRole();
            service.refuses(401, "UNAUTHENTICATED", line, role, "", "no token");
            bad.get(role).forEach((fault, token) -> service.refuses(401, "UNAUTHENTICATED", line, role, token, fault));
            if (line.method().equals("GET")) {
                HttpRequest.Builder head = service.request(line, role, "").method("HEAD", BodyPublishers.noBody());
                service.note(line, "HEAD", Answer.to(head).faultsAs(401));
            }
        }

        assertRefusedWithoutATrace();
    }

    @Test
    void whatAsksForASignatureTakesNoTokenForIt() throws SQLException {
        String now = Long.toString(System.currentTimeMillis() / 1000);
        for (Access line : TABLE) {
            if (line.otherwise().equals("signed")) {
                for (String token : List.of("", service.owner("operator"))) {
                    HttpRequest.Builder forged = service.request(line, "seller", token)
                            .header("webhook-id", "forged")
                            .header("webhook-timestamp", now)
                            .header("webhook-signature", "v1,Zm9yZ2Vk");
                    Answer answer = Answer.to(forged);
                    service.note(
                            line,
                            "with a forged signature",
                            answer.faultsAsRefusal(401, "UNAUTHENTICATED", "Standard-Webhooks"));
                }
            }
        }

        assertRefusedWithoutATrace();
    }

    @Test
    void withoutOneOfItsRolesNobodyGetsIn() throws SQLException {
        for (Access line : guarded()) {
            for (String role : ROLES) {
                if (!line.mayAsk().contains(role)) {
                    service.refuses(403, "FORBIDDEN", line, role, service.owner(role), "a " + role);
                }
            }
            String role = line.oneRole();
            String owner = belongings.owner(role);
            service.refuses(403, "FORBIDDEN", line, role, service.bearer(owner), "nobody in particular");
            String odd = service.bearer(
                    owner, role.toUpperCase(Locale.ROOT), role + " ", role + ",operator", "admin", "*", "**");
            service.refuses(403, "FORBIDDEN", line, role, odd, "somebody with odd roles");
        }

        assertRefusedWithoutATrace();
    }

    @Test
    void whatIsAnothersIsNotThere() throws SQLException {
        each((line, role, told) -> {
            if (told.equals("404")) {
                String stranger = service.bearer(belongings.stranger(role), role);
                service.refuses(404, "NOT_FOUND", line, role, stranger, "a stranger as " + role);
                // Of themselves they are told something.
                if (!line.path().contains("/me")) {
                    String neighbour = service.bearer(belongings.neighbour(role), role);
                    service.refuses(404, "NOT_FOUND", line, role, neighbour, "a neighbour as " + role);
                }
            }
        });

        assertRefusedWithoutATrace();
    }

    @Test
    void noOddPathLeadsRoundAGuard() throws SQLException {
        List<Access> tried = guarded().stream()
                .filter(line -> OddPaths.TRIED.contains(line.operation()))
                .toList();
        assertEquals(OddPaths.TRIED, tried.stream().map(Access::operation).collect(toSet()));

        for (Access line : tried) {
            String path = belongings.fill(line.path(), line.oneRole());
            for (String odd : OddPaths.of(path)) {
                tryOddPath(line, service.origin(line) + odd);
                tryOddPath(line, system.origin() + odd);
            }
        }

        assertRefusedWithoutATrace();
    }

    private void tryOddPath(Access line, String address) {
        String other = ROLES.stream()
                .filter(role -> !line.mayAsk().contains(role))
                .findFirst()
                .orElseThrow();
        for (String token : List.of("", service.owner(other))) {
            HttpRequest.Builder odd =
                    service.request(line, line.oneRole(), token).uri(URI.create(address));
            int status = Answer.to(odd).status();
            if (!OddPaths.REFUSED.contains(status)) {
                service.note(line, address, List.of("is " + status));
            }
        }
    }

    @Test
    void theGatewayShowsNothingOfTheServicesThemselves() {
        List<String> shown = TABLE.stream()
                .filter(Access::isOfManagement)
                .map(Access::path)
                .distinct()
                .flatMap(path -> OddPaths.of(path).stream())
                .map(odd -> system.origin() + odd)
                .filter(address ->
                        !Set.of(400, 404).contains(Answer.toGet(address).status()))
                .toList();

        assertEquals(List.of(), shown);
    }

    /** The last, for all that it does to what is owned. */
    @Test
    @Order(Integer.MAX_VALUE)
    void ownersAreAnsweredAndOthersAboutTheirOwn() {
        each((line, role, told) -> {
            switch (told) {
                case "400" -> service.refuses(400, "INVALID_REQUEST", line, role, service.owner(role), "a " + role);
                case "403" -> service.refuses(403, "FORBIDDEN", line, role, service.owner(role), "a " + role);
                case "own" ->
                    service.keepsApart(
                            line, role, service.answers(line, role, service.owner(role), "its owner as " + role));
                default -> service.answers(line, role, service.owner(role), "its owner as " + role);
            }
        });

        assertEquals(List.of(), service.faults());
    }

    private interface Case {
        void check(Access line, String role, String told);
    }

    private static void each(Case check) {
        for (Access line : guarded()) {
            line.roles().forEach((role, told) -> check.check(line, role, told));
        }
    }

    private static List<Access> guarded() {
        return TABLE.stream().filter(Access::isGuarded).toList();
    }

    private void assertRefusedWithoutATrace() throws SQLException {
        assertEquals(List.of(), service.faults());
        assertEquals(Set.of(), traces().changedSince(before));
    }

    private static Traces traces() throws SQLException {
        return Traces.of(system, belongings.marks());
    }
}
