package io.livesale.local;

import io.livesale.local.SandboxBehaviour.Payouts;
import io.livesale.local.SandboxPayout.Status;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Pays out to accounts, each payout once however often it is asked for, and reports it by a signed webhook. */
final class SandboxPayouts {
    private static final System.Logger LOG = System.getLogger(SandboxPayouts.class.getName());
    /** Far more than anyone pays out between two restarts. */
    private static final int MAX_PAYOUTS = 1_000_000;

    private static final long DELAY_MILLIS = 3000;
    private static final int REPEATS = 3;

    private final Webhook webhook;
    private final SandboxBehaviour behaviour;
    private final Map<String, SandboxPayout> byId = new ConcurrentHashMap<>();
    /** Whose webhook is taken or under way; any other is sent again when the shop asks again. */
    private final Set<String> reported = ConcurrentHashMap.newKeySet();

    SandboxPayouts(Webhook webhook, SandboxBehaviour behaviour) {
        this.webhook = webhook;
        this.behaviour = behaviour;
    }

    void check(RoutingContext context) {
        String rejection = SandboxPayout.rejection(Fields.of(context.body().buffer(), SandboxPayout.ACCOUNT_FIELDS));
        JsonObject answer = new JsonObject().put("valid", rejection == null);
        context.json(rejection == null ? answer : answer.put("reason", rejection));
    }

    void create(RoutingContext context) {
        SandboxPayout asked = SandboxPayout.of(Fields.of(context.body().buffer(), SandboxPayout.FIELDS));
        if (!asked.payoutId().equals(context.request().getHeader("Idempotency-Key"))) {
            throw new InvalidRequest("Idempotency-Key must be the payoutId.");
        }
        boolean known = byId.containsKey(asked.payoutId());
        if (!known && behaviour.payouts() == Payouts.REFUSE) {
            Problems.answer(context.response(), 422, "ACCOUNT_CLOSED", "The account is closed.");
        } else if (!known && byId.size() >= MAX_PAYOUTS) {
            Problems.answer(context.response(), 503, "SANDBOX_FULL", "Restart the system to empty the sandbox.");
        } else {
            take(context, asked);
        }
    }

    /** Every payout that was taken. */
    void list(RoutingContext context) {
        JsonArray items = new JsonArray();
        byId.values().forEach(payout -> items.add(payout.json()));
        context.json(new JsonObject().put("items", items));
    }

    private void take(RoutingContext context, SandboxPayout asked) {
        SandboxPayout payout = byId.merge(
                asked.payoutId(), asked, (before, again) -> before.paysTheSameAs(again) ? before.askedAgain() : before);
        if (!payout.paysTheSameAs(asked)) {
            Problems.answer(context.response(), 422, "IDEMPOTENCY_KEY_REUSED", "This payoutId stands for another.");
            return;
        }
        Payouts wish = behaviour.payouts();
        if (payout.calls() == 1 && wish == Payouts.STUMBLE) {
            Problems.answer(context.response(), 500, "STUMBLED", "Nobody knows what became of it.");
        } else {
            context.response().setStatusCode(payout.calls() == 1 ? 201 : 200);
            context.json(payout.answer());
        }
        bringOn(context.vertx(), payout, wish);
    }

    /** After the answer, as a provider does: whoever asked has noted the payout by then, mostly. */
    private void bringOn(Vertx vertx, SandboxPayout payout, Payouts wish) {
        if (!reported.add(payout.payoutId())) {
            return;
        }
        if (wish == Payouts.DELAY) {
            vertx.setTimer(DELAY_MILLIS, timer -> end(payout.payoutId(), wish));
        } else {
            end(payout.payoutId(), wish);
        }
    }

    private void end(String payoutId, Payouts wish) {
        String failure = wish == Payouts.FAIL ? "The bank sent it back." : null;
        SandboxPayout payout = byId.computeIfPresent(payoutId, (id, before) -> ended(before, failure));
        if (payout != null) {
            report(payout, wish == Payouts.REPEAT ? REPEATS : 1).onFailure(fault -> {
                reported.remove(payoutId);
                LOG.log(Level.WARNING, "payout not reported payoutId={0} reason={1}", payoutId, fault.getMessage());
            });
        }
    }

    /** It ends once; what was reported in vain is reported as it ended. */
    private static SandboxPayout ended(SandboxPayout payout, @Nullable String failure) {
        return payout.status() != Status.ACCEPTED
                ? payout
                : payout.ended(failure == null ? Status.PAID : Status.FAILED, failure);
    }

    private Future<Void> report(SandboxPayout payout, int times) {
        Future<Void> once = webhook.deliver(payout.notice());
        return times == 1 ? once : once.compose(done -> report(payout, times - 1));
    }
}
