package io.livesale.e2e;

import io.livesale.e2e.ApiDocument.Operation;
import io.livesale.e2e.FuzzRequest.Kind;
import io.livesale.e2e.RawHttp.Answer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What is wrong with an answer, whatever was asked. */
final class FuzzVerdict {
    private static final List<String> MEMBERS = List.of("type", "title", "detail", "code");
    private static final Pattern LEAK = Pattern.compile(
            "io\\.livesale|java\\.|jakarta\\.|io\\.vertx|com\\.fasterxml|Exception|\\bat [a-z]+\\.[a-zA-Z.]+\\(");
    /** The server under a service refuses what it cannot read before any of our code, and says no more than the status. */
    private static final Set<Integer> WORDLESS = Set.of(400, 414, 431);
    /** Whatever a path or method is refused for, the operation's own document need not tell. */
    private static final Set<Integer> OF_NO_OPERATION = Set.of(405);

    private final Map<String, String> titles = new HashMap<>();

    /** @param direct asked at the service's own port */
    List<String> faults(Operation operation, FuzzRequest request, boolean direct, Optional<Answer> told) {
        if (told.isEmpty()) {
            return request.kind == Kind.NO_REQUEST ? List.of() : List.of("no answer");
        }
        Answer answer = told.get();
        List<String> faults = new ArrayList<>();
        if (LEAK.matcher(answer.body()).find()) {
            faults.add("tells of the inside");
        }
        boolean busy = answer.status() == 503
                && operation.own().contains("503")
                && !answer.header("retry-after").isEmpty();
        if (answer.status() >= 500 && !busy) {
            faults.add("status " + answer.status());
        }
        if (answer.status() == 405 && answer.header("allow").isEmpty()) {
            faults.add("405 without Allow");
        }
        if (answer.status() >= 400 && !request.method.equals("HEAD")) {
            boolean wordless = direct && request.kind == Kind.NO_REQUEST && WORDLESS.contains(answer.status());
            if (!wordless || !answer.body().isEmpty()) {
                faults.addAll(problemFaults(answer));
            }
        }
        boolean documented = operation.statuses().contains(Integer.toString(answer.status()))
                || OF_NO_OPERATION.contains(answer.status());
        if (request.kind == Kind.WELL_FORMED && !documented) {
            faults.add("status not in the document: " + answer.status());
        }
        return faults;
    }

    private List<String> problemFaults(Answer answer) {
        if (!answer.header("content-type").startsWith("application/problem+json")) {
            return List.of("no problem but " + answer.header("content-type"));
        }
        try {
            return problemFaults(new JsonObject(answer.body()), answer.status());
        } catch (DecodeException | ClassCastException e) {
            return List.of("not JSON");
        }
    }

    private List<String> problemFaults(JsonObject problem, int status) {
        List<String> faults = new ArrayList<>();
        for (String member : MEMBERS) {
            String text = problem.getString(member);
            if (text == null || text.isBlank()) {
                faults.add("no " + member);
            }
        }
        if (problem.getInteger("status", 0) != status) {
            faults.add("another status inside");
        }
        String code = problem.getString("code", "") + " " + status;
        String title = problem.getString("title", "");
        if (!titles.computeIfAbsent(code, first -> title).equals(title)) {
            faults.add("two titles of " + code + ": " + title + ", " + titles.get(code));
        }
        return faults;
    }
}
