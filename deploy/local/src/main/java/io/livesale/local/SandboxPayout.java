package io.livesale.local;

import io.vertx.core.json.JsonObject;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What payout-service asks the provider to pay, and what became of it.
 *
 * @param calls how often it was asked for
 */
record SandboxPayout(
        String payoutId,
        SandboxAmount amount,
        String kind,
        String holder,
        String account,
        Status status,
        @Nullable String reason,
        int calls) {
    static final Set<String> FIELDS = Set.of("payoutId", "amount", "kind", "holder", "account");
    static final Set<String> ACCOUNT_FIELDS = Set.of("kind", "holder", "account");

    private static final int MAX_TEXT = 128;

    enum Status {
        ACCEPTED,
        PAID,
        FAILED
    }

    static SandboxPayout of(Fields request) {
        return new SandboxPayout(
                request.text("payoutId", SandboxPayment.MAX_ID_LENGTH),
                SandboxAmount.of(request),
                request.text("kind", MAX_TEXT),
                request.text("holder", MAX_TEXT),
                request.text("account", MAX_TEXT),
                Status.ACCEPTED,
                null,
                1);
    }

    /** Why there is no such account, for one that ends in four zeros; every other one is there. */
    static @Nullable String rejection(Fields account) {
        account.text("kind", MAX_TEXT);
        account.text("holder", MAX_TEXT);
        return account.text("account", MAX_TEXT).endsWith("0000") ? "There is no such account." : null;
    }

    /** Whether both pay the same money to the same account. */
    boolean paysTheSameAs(SandboxPayout other) {
        return payoutId.equals(other.payoutId)
                && amount.equals(other.amount)
                && kind.equals(other.kind)
                && holder.equals(other.holder)
                && account.equals(other.account);
    }

    SandboxPayout askedAgain() {
        return new SandboxPayout(payoutId, amount, kind, holder, account, status, reason, calls + 1);
    }

    SandboxPayout ended(Status end, @Nullable String why) {
        return new SandboxPayout(payoutId, amount, kind, holder, account, end, why, calls);
    }

    /** As its asker sees it. */
    JsonObject answer() {
        JsonObject answer = new JsonObject().put("payoutId", payoutId).put("status", status);
        return reason == null ? answer : answer.put("reason", reason);
    }

    /** As a tester sees it. */
    JsonObject json() {
        return answer().put("amount", amount.json())
                .put("kind", kind)
                .put("holder", holder)
                .put("account", account)
                .put("calls", calls);
    }

    WebhookNotice notice() {
        String type = status == Status.PAID ? "payout.paid" : "payout.failed";
        JsonObject body =
                new JsonObject().put("type", type).put("payoutId", payoutId).put("amount", amount.json());
        return new WebhookNotice("msg_" + payoutId + "." + type, reason == null ? body : body.put("reason", reason));
    }
}
