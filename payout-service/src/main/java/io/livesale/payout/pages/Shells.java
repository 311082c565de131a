package io.livesale.payout.pages;

import io.livesale.payout.PayoutSettings;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Locale.LanguageRange;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jspecify.annotations.Nullable;

/** What all pages have in common: their language and settings on the way in, their headers on the way out. */
@Singleton
final class Shells {
    private static final List<Locale> LANGUAGES = List.of(Locale.CHINESE, Locale.ENGLISH);
    /** No browser asks for so many languages; and reading a list takes time by the square of its length. */
    private static final int LONGEST_WISH = 500;

    /** Scripts, styles and calls are of this origin, and nothing else is loaded. */
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
                    + "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private final PageSettings settings;
    private final PayoutSettings payout;
    private final Clock clock;

    Shells(PageSettings settings, PayoutSettings payout, Clock clock) {
        this.settings = settings;
        this.payout = payout;
        this.clock = clock;
    }

    Shell of(HttpHeaders request) {
        return new Shell(
                language(request.getHeaderString(HttpHeaders.ACCEPT_LANGUAGE)),
                clock.instant(),
                payout.zone().getId(),
                settings.tokenUrl().orElse(""),
                settings.signInUrl().orElse(""));
    }

    /** Whoever understands neither is taken to read English sooner than Chinese. */
    static String language(@Nullable String accepted) {
        if (accepted == null || accepted.length() > LONGEST_WISH) {
            return "en";
        }
        try {
            Locale wanted = Locale.lookup(LanguageRange.parse(accepted), LANGUAGES);
            return wanted == null ? "en" : wanted.getLanguage();
        } catch (IllegalArgumentException e) {
            return "en";
        }
    }

    /** Not stored, lest an old page come back with an old time and the language or settings of another day. */
    static Uni<RestResponse<String>> answer(TemplateInstance page) {
        return page.createUni()
                .map(html -> ResponseBuilder.ok(html)
                        .header("Content-Security-Policy", POLICY)
                        .header("Referrer-Policy", "same-origin")
                        .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE)
                        .header(HttpHeaders.CACHE_CONTROL, "no-store")
                        .build());
    }
}
