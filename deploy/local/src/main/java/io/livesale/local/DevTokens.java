package io.livesale.local;

import io.livesale.stack.Tokens;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.Set;

/**
 * {@code POST /dev/tokens {subject, roles}}: an access token for anyone, as an identity provider would issue it; and
 * {@code GET /dev/keys}: the keys to verify them with (JWKS, RFC 7517).
 */
final class DevTokens {
    static final String KEYS = "/dev/keys";

    private static final Set<String> ROLES = Set.of("buyer", "creator", "seller", "operator");
    private static final int MAX_SUBJECT_LENGTH = 64;
    private static final int MAX_BODY_BYTES = 8 * 1024;

    private final Tokens tokens;

    DevTokens(Tokens tokens) {
        this.tokens = tokens;
    }

    void mount(Router router) {
        router.post("/dev/tokens")
                .handler(BodyHandler.create(false).setBodyLimit(MAX_BODY_BYTES))
                .handler(this::answer);
        router.get(KEYS)
                .handler(context -> context.response()
                        .putHeader("Content-Type", "application/json")
                        .end(tokens.keySet()));
    }

    /** {@code Accept: text/plain} gets the bare token, for shell scripts. */
    private void answer(RoutingContext context) {
        String token = issue(Fields.of(context.body().buffer(), Set.of("subject", "roles")));
        if ("text/plain".equals(context.request().getHeader("Accept"))) {
            context.response().putHeader("Content-Type", "text/plain").end(token);
        } else {
            context.json(new JsonObject().put("token", token));
        }
    }

    private String issue(Fields request) {
        String subject = request.text("subject", MAX_SUBJECT_LENGTH);
        Set<String> roles = Set.copyOf(request.texts("roles"));
        if (!ROLES.containsAll(roles)) {
            throw new InvalidRequest("roles must be of buyer, creator, seller, operator.");
        }
        return tokens.issue(subject, roles);
    }
}
