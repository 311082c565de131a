package io.livesale.local;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/** What a tester makes of the provider: {@code POST …/behaviour {refunds: succeed | fail | unavailable}}. */
final class SandboxBehaviour {
    private volatile Refunds refunds = Refunds.SUCCEED;

    private enum Refunds {
        SUCCEED,
        /** Taken, and reported as failed. */
        FAIL,
        /** The whole provider is away: no payment can be opened either. */
        UNAVAILABLE;

        private static Refunds of(String name) {
            return Arrays.stream(values())
                    .filter(value -> value.toString().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new InvalidRequest("refunds must be one of " + Arrays.toString(values()) + "."));
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    boolean failsRefunds() {
        return refunds == Refunds.FAIL;
    }

    /** Lets a call of the shop through, or answers 503 in the provider's place. */
    void admit(RoutingContext context) {
        if (refunds == Refunds.UNAVAILABLE) {
            Problems.answer(context.response(), 503, "PROVIDER_UNAVAILABLE", "A tester has sent the provider away.");
        } else {
            context.next();
        }
    }

    void change(RoutingContext context) {
        refunds =
                Refunds.of(Fields.of(context.body().buffer(), Set.of("refunds")).text("refunds", 32));
        context.json(new JsonObject().put("refunds", refunds.toString()));
    }
}
