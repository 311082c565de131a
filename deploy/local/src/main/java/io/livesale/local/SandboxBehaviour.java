package io.livesale.local;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/**
 * What a tester makes of the provider: {@code POST …/behaviour} with {@code refunds} ({@code succeed | fail |
 * unavailable}), {@code payouts} ({@code pay | fail | refuse | delay | repeat | stumble | unavailable}), or both.
 */
final class SandboxBehaviour {
    private volatile Refunds refunds = Refunds.SUCCEED;
    private volatile Payouts payouts = Payouts.PAY;

    private enum Refunds {
        SUCCEED,
        /** Taken, and reported as failed. */
        FAIL,
        /** The whole provider of payments is away: no payment can be opened either. */
        UNAVAILABLE
    }

    enum Payouts {
        PAY,
        /** Taken, and reported as failed. */
        FAIL,
        /** Not taken, for good. */
        REFUSE,
        /** Taken at once, paid and reported seconds later. */
        DELAY,
        /** Paid, and reported again and again. */
        REPEAT,
        /** Taken and paid, but the answer is an error. */
        STUMBLE,
        /** The whole provider of payouts is away: no account can be verified either. */
        UNAVAILABLE
    }

    boolean failsRefunds() {
        return refunds == Refunds.FAIL;
    }

    Payouts payouts() {
        return payouts;
    }

    /** Lets a call of the shop through, or answers 503 in the provider's place. */
    void admit(RoutingContext context) {
        admit(context, refunds != Refunds.UNAVAILABLE);
    }

    /** Likewise where it is about paying out. */
    void admitPayout(RoutingContext context) {
        admit(context, payouts != Payouts.UNAVAILABLE);
    }

    void change(RoutingContext context) {
        Fields asked = Fields.of(context.body().buffer(), Set.of("refunds", "payouts"));
        if (asked.has("payouts")) {
            payouts = choice(Payouts.class, "payouts", asked);
        }
        if (asked.has("refunds") || !asked.has("payouts")) {
            refunds = choice(Refunds.class, "refunds", asked);
        }
        context.json(new JsonObject().put("refunds", name(refunds)).put("payouts", name(payouts)));
    }

    private static void admit(RoutingContext context, boolean available) {
        if (available) {
            context.next();
        } else {
            Problems.answer(context.response(), 503, "PROVIDER_UNAVAILABLE", "A tester has sent the provider away.");
        }
    }

    private static <E extends Enum<E>> E choice(Class<E> choices, String field, Fields asked) {
        String name = asked.text(field, 32);
        return Arrays.stream(choices.getEnumConstants())
                .filter(choice -> name(choice).equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidRequest(field + " must be one of "
                        + Arrays.stream(choices.getEnumConstants())
                                .map(SandboxBehaviour::name)
                                .toList()
                        + "."));
    }

    private static String name(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT);
    }
}
