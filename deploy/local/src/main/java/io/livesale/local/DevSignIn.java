package io.livesale.local;

import io.livesale.stack.Tokens;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an identity provider and a session would be in production: a page to sign in with one press, a cookie, and
 * {@code GET /dev/session}, where pages get the token of whoever is signed in.
 */
final class DevSignIn {
    static final String SESSION = "/dev/session";
    static final String SIGN_IN = "/dev/sign-in";
    static final String SIGN_OUT = "/dev/sign-out";

    private static final String COOKIE = "dev-session";
    private static final int MAX_SUBJECT_LENGTH = 64;
    private static final int MAX_BODY_BYTES = 8 * 1024;

    private final Tokens tokens;

    DevSignIn(Tokens tokens) {
        this.tokens = tokens;
    }

    void mount(Router router) {
        BodyHandler body = BodyHandler.create(false).setBodyLimit(MAX_BODY_BYTES);
        router.get(SESSION).handler(this::session);
        router.get(SIGN_IN)
                .handler(context ->
                        SignInPage.show(context, person(context), returnUrl(context.queryParam("returnUrl"))));
        router.post(SIGN_IN).handler(body).handler(DevSignIn::signIn);
        router.post(SIGN_OUT).handler(body).handler(DevSignIn::signOut);
    }

    private void session(RoutingContext context) {
        context.response().putHeader("Cache-Control", "no-store");
        person(context)
                .ifPresentOrElse(
                        person -> context.json(person.withToken(tokens.issue(person.subject(), person.roleSet()))),
                        () -> Problems.answer(
                                context.response(), 401, "UNAUTHENTICATED", "Nobody is signed in; see " + SIGN_IN));
    }

    private static void signIn(RoutingContext context) {
        String subject = context.request().getFormAttribute("subject");
        if (subject == null || subject.isBlank() || subject.length() > MAX_SUBJECT_LENGTH) {
            throw new InvalidRequest("subject must be text of 1 to %d characters.".formatted(MAX_SUBJECT_LENGTH));
        }
        String returnUrl = returnUrl(context.request().formAttributes().getAll("returnUrl"));
        String value = URLEncoder.encode(subject.strip(), StandardCharsets.UTF_8);
        context.response().addCookie(cookie(value));
        leave(context, returnUrl);
    }

    private static void signOut(RoutingContext context) {
        context.response().addCookie(cookie("").setMaxAge(0));
        leave(context, returnUrl(context.request().formAttributes().getAll("returnUrl")));
    }

    private static Cookie cookie(String value) {
        return Cookie.cookie(COOKIE, value).setPath("/").setHttpOnly(true).setSameSite(CookieSameSite.LAX);
    }

    private static void leave(RoutingContext context, String returnUrl) {
        context.response().setStatusCode(303).putHeader("Location", returnUrl).end();
    }

    private static Optional<DevPerson> person(RoutingContext context) {
        return Optional.ofNullable(context.request().getCookie(COOKIE))
                .map(cookie -> decode(cookie.getValue()))
                .filter(subject -> !subject.isBlank())
                .map(DevPerson::of);
    }

    private static String decode(String value) {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    /** A path of this origin, or it would be an open door to others. */
    private static String returnUrl(List<@Nullable String> given) {
        String url = given.isEmpty() ? "/" : given.get(0);
        if (url == null || !url.matches("/([^/\\\\\\p{Cntrl}][^\\p{Cntrl}]*)?")) {
            throw new InvalidRequest("returnUrl must be a path of this origin.");
        }
        return url;
    }
}
