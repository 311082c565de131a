package io.livesale.e2e;

import static io.restassured.RestAssured.given;
import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.livesale.e2e.ApiDocument.Operation;
import io.livesale.e2e.FuzzRequest.Kind;
import io.livesale.e2e.RawHttp.Answer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Broken requests to every operation of every service's document, through the gateway and at the service itself: each is
 * refused in words a client can read, none is a fault of ours. Longer by hand: {@code -Dfuzz.rounds=500}; the same again:
 * {@code -Dfuzz.seed=}.
 */
@SharedSystem
class FuzzIT {
    private static final List<String> SERVICES = List.of("catalog-service", "order-service", "payout-service");
    private static final List<String> ROLES = List.of("buyer", "creator", "seller", "operator");
    /** Of each operation at each of the two places; the build has seconds for this. */
    private static final int ROUNDS = Integer.getInteger("fuzz.rounds", 14);

    private static final long SEED = Long.getLong("fuzz.seed", System.nanoTime());
    private static final Pattern ERROR = Pattern.compile("(?m)^.*\\bERROR\\b.*$");
    /**
     * Some of these clients hang up while they are served. Where that is in the midst of a transaction, its session is
     * closed under it and it is rolled back; what its next steps then miss is told to nobody but the log.
     */
    private static final Pattern GIVEN_UP = Pattern.compile("Mutiny had to drop the following exception: "
            + "java.lang.IllegalStateException: (HR000090: Live transaction detected while closing the connection"
            + "|No current Mutiny.Session found|Session/EntityManager is closed)");

    private final Random random = new Random(SEED);
    private final FuzzVerdict verdict = new FuzzVerdict();
    /** What was found: what is wrong, and the first request that showed it. */
    private final Map<String, String> faults = new TreeMap<>();
    /** Operations whose rules were reached: past the path, the token and the role. */
    private final Set<String> reached = new TreeSet<>();

    private static LocalSystem system;
    private static Map<String, String> tokens;
    private static Map<String, String> known;

    @BeforeAll
    static void openAShop(LocalSystem shared) {
        system = shared;
        Person creator = Person.signIn(system.origin(), "fuzz-creator", "creator");
        Person seller = Person.signIn(system.origin(), "fuzz-seller", "seller");
        Person buyer = Person.signIn(system.origin(), "fuzz-buyer", "buyer");
        Person operator = Person.signIn(system.origin(), "fuzz-staff", "operator");
        tokens = Map.of(
                "creator", creator.token(),
                "seller", seller.token(),
                "buyer", buyer.token(),
                "operator", operator.token());
        creator.put("/creators/me", Map.of("displayName", "Fuzz")).then().statusCode(200);
        operator.put("/creators/fuzz-creator/verification", Map.of("status", "VERIFIED", "reason", "to be broken"))
                .then()
                .statusCode(200);
        LiveSession session = LiveSession.start(creator, "Broken glass");
        String offer = session.sell(seller, "Broken glass", 1000, Map.of());
        String order = buyer.buy(offer, 1, UUID.randomUUID().toString()).path("orderId");
        String product = given().get(system.origin() + "/offers/" + offer).path("productId");
        known = Map.of(
                "offerId",
                offer,
                "productId",
                product,
                "products",
                product,
                "offers",
                offer,
                "sessions",
                session.id(),
                "orders",
                order,
                "availability",
                offer,
                "creators",
                "fuzz-creator");
    }

    @Test
    void nothingSentIsAFaultOfOursOrAnsweredWithoutAProblem() {
        System.out.println("fuzz.seed=" + SEED + " fuzz.rounds=" + ROUNDS);
        Map<String, Integer> logs = new HashMap<>();
        SERVICES.forEach(service -> logs.put(service, system.log(service).length()));
        List<ApiDocument> documents = documents();
        List<Operation> operations = documents.stream()
                .flatMap(document -> document.operations().stream())
                .toList();

        for (int round = 0; round < ROUNDS; round++) {
            for (Operation operation : operations) {
                ask(operation, round < 2 ? 0 : 1 + random.nextInt(2), true);
                ask(operation, round < 2 ? 0 : 1 + random.nextInt(2), false);
            }
        }

        logs.forEach((service, from) -> ERROR.matcher(system.log(service).substring(from))
                .results()
                .filter(line -> !GIVEN_UP.matcher(line.group()).find())
                .forEach(line -> faults.putIfAbsent("logged by " + service, line.group())));
        assertEquals(Map.of(), faults, () -> "with -Dfuzz.seed=" + SEED);
        assertEquals(operations.stream().map(Operation::toString).collect(toSet()), reached);
        documents.forEach(document -> given().get("http://localhost:" + document.port() + "/q/health/ready")
                .then()
                .statusCode(200));
    }

    /** Of every list: what no page before has told is no place to go on from. */
    @Test
    void noCursorIsMadeUp() {
        List<Operation> lists = documents().stream()
                .flatMap(document -> document.operations().stream())
                .filter(operation -> operation.parameters().stream()
                        .anyMatch(parameter -> parameter.getString("name").equals("cursor")))
                .toList();
        assertEquals(
                Set.copyOf(SERVICES),
                lists.stream().map(operation -> operation.document().service()).collect(toSet()));

        List<String> taken = lists.stream()
                .flatMap(operation -> Stream.of("no-county-is-called-so", "-1", "%F0%9F%8D%84")
                        .map(cursor -> asked(operation, cursor)))
                .filter(answer -> !answer.startsWith("400 "))
                .toList();

        assertEquals(List.of(), taken);
    }

    private static String asked(Operation operation, String cursor) {
        String path = operation.path().replace("{id}", "fuzz-creator") + "?cursor=" + cursor;
        String token =
                operation.roles().isEmpty() ? "" : tokens.get(operation.roles().get(0));
        return given().urlEncodingEnabled(false)
                        .headers(token.isEmpty() ? Map.of() : Map.of("Authorization", "Bearer " + token))
                        .get(system.origin() + path)
                        .statusCode()
                + " " + path;
    }

    @Test
    void aCallWithoutABodyIsOfNoType() {
        List<String> refused = documents().stream()
                .flatMap(document -> document.operations().stream())
                .filter(operation -> operation.method().equals("POST")
                        && !operation.bodyType().startsWith("text"))
                .flatMap(operation -> Stream.of("text/plain", "application/json", "garbage")
                        .filter(type -> status(operation, type, "") == 415)
                        .map(type -> operation + " " + type))
                .toList();

        assertEquals(List.of(), refused);
    }

    /** What is made of one text would also be read from a plain one, past JSON and its rules. */
    @Test
    void jsonIsTakenUnderNoOtherName() {
        List<String> taken = documents().stream()
                .flatMap(document -> document.operations().stream())
                .filter(operation -> operation.bodyType().equals("application/json"))
                .flatMap(operation -> Stream.of("text/plain", "application/x-www-form-urlencoded", "text/json")
                        .map(type -> operation + " " + type + ": " + status(operation, type, "{}")))
                .filter(answer -> !answer.endsWith(": 415"))
                .toList();

        assertEquals(List.of(), taken);
    }

    private int status(Operation operation, String type, String body) {
        FuzzRequest request = new FuzzRequest(
                operation.method(),
                operation.path().replaceAll("\\{\\w+}", UUID.randomUUID().toString()));
        request.headers.add("Content-Type: " + type);
        request.body = body.getBytes(StandardCharsets.UTF_8);
        if (!operation.roles().isEmpty()) {
            request.headers.add(
                    "Authorization: Bearer " + tokens.get(operation.roles().get(0)));
        }
        return RawHttp.exchange(system.port(0), request.bytes(), false)
                .orElseThrow()
                .status();
    }

    private static List<ApiDocument> documents() {
        return SERVICES.stream()
                .map(service -> ApiDocument.of(service, system.port(SERVICES.indexOf(service) + 1)))
                .toList();
    }

    private void ask(Operation operation, int damages, boolean direct) {
        FuzzInput input = new FuzzInput(random, known);
        FuzzRequest request = request(input, operation, damages > 0);
        FuzzDamage damage = new FuzzDamage(input);
        for (int done = 0; done < damages; done++) {
            damage.apply(request, operation);
        }
        int port = direct ? operation.document().port() : system.port(0);
        try {
            Optional<Answer> answer = RawHttp.exchange(port, request.bytes(), request.unfinished);
            verdict.faults(operation, request, direct, answer)
                    .forEach(fault -> found(operation, fault, request + " > " + answer));
            answer.filter(told -> request.kind == Kind.WELL_FORMED && damages == 0)
                    .filter(told -> told.status() != 403
                            && (told.status() != 401 || operation.roles().isEmpty()))
                    .ifPresent(told -> reached.add(operation.toString()));
        } catch (IllegalStateException | NumberFormatException e) {
            found(operation, e.toString(), request.toString());
        }
    }

    private FuzzRequest request(FuzzInput input, Operation operation, boolean broken) {
        FuzzRequest request = new FuzzRequest(operation.method(), input.target(operation, broken && input.chance(40)));
        List<String> roles = new ArrayList<>(broken && input.chance(25) ? ROLES : operation.roles());
        if (!roles.isEmpty()) {
            request.replaceHeader("Authorization", "Bearer " + tokens.get(input.any(roles)));
        }
        if (operation.path().equals("/orders")) {
            request.replaceHeader("Idempotency-Key", "fuzz-" + random.nextInt(50));
        }
        if (operation.takesBody()) {
            request.replaceHeader("Content-Type", operation.bodyType());
            request.body = (operation.bodyType().endsWith("json")
                            ? FuzzInput.object(input.fields(operation))
                            : "title,county,listPrice\nfuzz," + input.wrongValue())
                    .getBytes(StandardCharsets.UTF_8);
        }
        return request;
    }

    private void found(Operation operation, String fault, String seen) {
        faults.putIfAbsent(operation + ": " + fault, seen.substring(0, Math.min(seen.length(), 1200)));
    }
}
