package io.livesale.payout.pages;

import io.smallrye.config.ConfigMapping;
import jakarta.validation.constraints.Pattern;
import java.util.Optional;

/** How a browser gets its token. It is the deployment's to say: without, nobody sees anything on them. */
@ConfigMapping(prefix = "payout.pages")
interface PageSettings {
    /**
     * A path of this origin that answers a browser's GET with {@code {token, subject, name?, roles}}, or with 401 when
     * nobody is signed in. The browser's cookies for this origin go with it, so it must be no other's.
     */
    Optional<@Pattern(regexp = "/([^/\\\\].*)?", message = "must be a path of this origin") String> tokenUrl();

    /** Where a browser goes to sign in, with {@code ?returnUrl=} and the path to come back to. */
    Optional<@Pattern(regexp = "(https?:/)?/[^/\\\\].*", message = "must be a path or an http or https URL") String>
            signInUrl();
}
