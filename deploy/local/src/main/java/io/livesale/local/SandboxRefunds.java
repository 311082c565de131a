package io.livesale.local;

import io.livesale.local.SandboxRefund.Status;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Gives money back and reports it by a signed webhook. A refund fails that would give back more than its payment
 * captured; one of a payment that a restart made the sandbox forget is taken on trust.
 */
final class SandboxRefunds {
    private static final System.Logger LOG = System.getLogger(SandboxRefunds.class.getName());
    /** Far more than anyone refunds between two restarts. */
    private static final int MAX_REFUNDS = 1_000_000;

    private final Webhook webhook;
    private final SandboxBehaviour behaviour;
    private final Function<String, @Nullable SandboxPayment> payments;
    private final Map<String, SandboxRefund> byId = new HashMap<>();
    private final Map<String, List<SandboxRefund>> byPayment = new HashMap<>();
    /** Whose webhook is taken or under way; any other is sent again when the shop asks again. */
    private final Set<String> reported = ConcurrentHashMap.newKeySet();

    /** @param payments finds one by its id */
    SandboxRefunds(Webhook webhook, SandboxBehaviour behaviour, Function<String, @Nullable SandboxPayment> payments) {
        this.webhook = webhook;
        this.behaviour = behaviour;
        this.payments = payments;
    }

    /** A refund as it stands, and whether it was there before. */
    private record Entry(SandboxRefund refund, boolean repeated) {}

    void create(RoutingContext context) {
        SandboxRefund asked = SandboxRefund.of(Fields.of(context.body().buffer(), SandboxRefund.FIELDS));
        if (!asked.refundId().equals(context.request().getHeader("Idempotency-Key"))) {
            throw new InvalidRequest("Idempotency-Key must be the refundId.");
        }
        if (isFull()) {
            Problems.answer(context.response(), 503, "SANDBOX_FULL", "Restart the system to empty the sandbox.");
            return;
        }
        Entry entry = enter(asked);
        SandboxRefund refund = entry.refund();
        if (!refund.givesBackTheSameAs(asked)) {
            Problems.answer(context.response(), 422, "IDEMPOTENCY_KEY_REUSED", "This refundId stands for another.");
            return;
        }
        context.response().setStatusCode(entry.repeated() ? 200 : 201);
        context.json(new JsonObject().put("refundId", refund.refundId()).put("status", refund.status()));
        report(refund);
    }

    synchronized List<SandboxRefund> of(SandboxPayment payment) {
        return List.copyOf(byPayment.getOrDefault(payment.paymentId(), List.of()));
    }

    private synchronized boolean isFull() {
        return byId.size() >= MAX_REFUNDS;
    }

    private synchronized Entry enter(SandboxRefund asked) {
        SandboxRefund before = byId.get(asked.refundId());
        if (before != null) {
            return new Entry(before, true);
        }
        SandboxRefund refund = behaviour.failsRefunds() || exceedsItsPayment(asked) ? asked.failed() : asked;
        byId.put(refund.refundId(), refund);
        byPayment.computeIfAbsent(refund.paymentId(), id -> new ArrayList<>()).add(refund);
        return new Entry(refund, false);
    }

    private boolean exceedsItsPayment(SandboxRefund asked) {
        SandboxPayment payment = payments.apply(asked.paymentId());
        if (payment == null) {
            return false;
        }
        long before = of(payment).stream()
                .filter(refund -> refund.status() == Status.SUCCEEDED)
                .mapToLong(refund -> refund.amount().amount())
                .sum();
        return payment.status() != SandboxPayment.Status.CAPTURED
                || !payment.amount().currency().equals(asked.amount().currency())
                || asked.amount().amount() > payment.amount().amount() - before;
    }

    /** After the answer, as a provider does: whoever asked has noted the refund by then, mostly. */
    private void report(SandboxRefund refund) {
        if (reported.add(refund.refundId())) {
            webhook.deliver(refund.notice()).onFailure(failure -> {
                reported.remove(refund.refundId());
                LOG.log(
                        Level.WARNING,
                        "refund not reported refundId={0} reason={1}",
                        refund.refundId(),
                        failure.getMessage());
            });
        }
    }
}
