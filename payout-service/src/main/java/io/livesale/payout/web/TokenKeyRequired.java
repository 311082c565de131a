package io.livesale.payout.web;

import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Without the issuer's key every token would be refused, which nobody would see before the first request. */
@Startup
@Singleton
class TokenKeyRequired {
    TokenKeyRequired(
            @ConfigProperty(name = "mp.jwt.verify.publickey") Optional<String> key,
            @ConfigProperty(name = "mp.jwt.verify.publickey.location") Optional<String> location) {
        if (key.isEmpty() && location.isEmpty()) {
            throw new IllegalStateException(
                    "neither mp.jwt.verify.publickey nor mp.jwt.verify.publickey.location is set: whose tokens count?");
        }
    }
}
