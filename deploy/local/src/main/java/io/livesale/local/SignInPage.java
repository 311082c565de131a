package io.livesale.local;

import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.stream.Collectors;

/** Demo people to sign in as, each one press away; without scripts, in the look of the other pages. */
final class SignInPage {
    private static final String POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; "
            + "form-action 'self'; frame-ancestors 'none'";

    private static final String PAGE = """
            <!doctype html>
            <html lang="en">
            <head>
              <meta charset="utf-8">
              <meta name="viewport" content="width=device-width, initial-scale=1">
              <title>Sign in · Live Sale</title>
              <link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
              <link rel="stylesheet" href="/assets/base.css">
            </head>
            <body>
              <header class="masthead">
                <a class="brand" href="/"><img src="/assets/icon.svg" alt="" width="28" height="28">Live Sale</a>
              </header>
              <main class="narrow stack">
                <h1>Sign in</h1>
                <p class="muted">Demo people of this local system. There are no passwords here.</p>
            %s
                <form class="card stack" method="post" action="%s">
                  <div class="field">
                    <label for="subject">Somebody else who buys</label>
                    <input id="subject" name="subject" required maxlength="64" autocomplete="off">
                  </div>
                  <input type="hidden" name="returnUrl" value="%s">
                  <p><button>Sign in</button></p>
                </form>
              </main>
            </body>
            </html>
            """;

    private static final String FORM = """
                <form class="row" method="post" action="%s">
                  <input type="hidden" name="returnUrl" value="%s">
                  %s
                  <span class="muted small">%s</span>
                </form>
            """;

    private SignInPage() {}

    static void show(RoutingContext context, Optional<DevPerson> signedIn, String returnUrl) {
        String people = DevPerson.KNOWN.stream()
                .map(person -> signIn(person, returnUrl))
                .collect(Collectors.joining());
        String leave = signedIn.map(person -> signOut(person, returnUrl)).orElse("");
        context.response()
                .putHeader("Content-Type", "text/html; charset=utf-8")
                .putHeader("Content-Security-Policy", POLICY)
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Cache-Control", "no-store")
                .end(PAGE.formatted(people + leave, DevSignIn.SIGN_IN, Html.escape(returnUrl)));
    }

    private static String signIn(DevPerson person, String returnUrl) {
        String button = "<button class=\"primary\" name=\"subject\" value=\"%s\">%s</button>"
                .formatted(Html.escape(person.subject()), Html.escape(person.name()));
        return form(DevSignIn.SIGN_IN, returnUrl, button, String.join(", ", person.roles()));
    }

    private static String signOut(DevPerson person, String returnUrl) {
        return form(DevSignIn.SIGN_OUT, returnUrl, "<button>Sign out</button>", "signed in as " + person.name());
    }

    private static String form(String action, String returnUrl, String button, String note) {
        return FORM.formatted(action, Html.escape(returnUrl), button, Html.escape(note));
    }
}
