package io.livesale.local;

import io.livesale.local.SandboxPayment.Status;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A payment provider without money: takes a payment from order-service, shows its payer a page with two buttons,
 * reports each choice by a signed webhook, and gives money back; and pays out what payout-service asks it to. All is
 * forgotten on a restart; asking again under the same id brings a payment back.
 */
final class Sandbox {
    static final String PATH = "/sandbox/psp";

    private static final String PAYMENT = PATH + "/payments/:paymentId";
    private static final int MAX_BODY_BYTES = 16 * 1024;
    /** Far more than anyone pays between two restarts; beyond it the sandbox asks for one. */
    private static final int MAX_PAYMENTS = 1_000_000;

    private final String origin;
    private final Webhook webhook;
    private final Map<String, SandboxPayment> payments = new ConcurrentHashMap<>();
    private final SandboxBehaviour behaviour = new SandboxBehaviour();
    private final SandboxRefunds refunds;
    private final SandboxPayouts payouts;

    /**
     * @param webhook tells order-service
     * @param payoutWebhook tells payout-service
     */
    Sandbox(String origin, Webhook webhook, Webhook payoutWebhook) {
        this.origin = origin;
        this.webhook = webhook;
        this.refunds = new SandboxRefunds(webhook, behaviour, payments::get);
        this.payouts = new SandboxPayouts(payoutWebhook, behaviour);
    }

    void mount(Router router) {
        BodyHandler body = BodyHandler.create(false).setBodyLimit(MAX_BODY_BYTES);
        router.post(PATH + "/payments").handler(body).handler(behaviour::admit).handler(this::create);
        router.post(PATH + "/refunds").handler(body).handler(behaviour::admit).handler(refunds::create);
        router.post(PATH + "/payouts")
                .handler(body)
                .handler(behaviour::admitPayout)
                .handler(payouts::create);
        router.get(PATH + "/payouts").handler(payouts::list);
        router.post(PATH + "/account-checks")
                .handler(body)
                .handler(behaviour::admitPayout)
                .handler(payouts::check);
        router.post(PATH + "/behaviour").handler(body).handler(behaviour::change);
        router.get(PAYMENT).handler(this::show);
        router.post(PAYMENT + "/pay").handler(body).handler(context -> choose(context, Status.CAPTURED));
        router.post(PAYMENT + "/decline").handler(body).handler(context -> choose(context, Status.DECLINED));
        router.get(PATH + "/style.css").handler(SandboxPage::style);
    }

    private void create(RoutingContext context) {
        SandboxPayment asked = SandboxPayment.of(Fields.of(context.body().buffer(), SandboxPayment.FIELDS));
        if (!asked.paymentId().equals(context.request().getHeader("Idempotency-Key"))) {
            throw new InvalidRequest("Idempotency-Key must be the paymentId.");
        }
        if (payments.size() >= MAX_PAYMENTS) {
            Problems.answer(context.response(), 503, "SANDBOX_FULL", "Restart the system to empty the sandbox.");
            return;
        }
        SandboxPayment before = payments.putIfAbsent(asked.paymentId(), asked);
        if (before != null && !before.collectsTheSameAs(asked)) {
            Problems.answer(context.response(), 422, "IDEMPOTENCY_KEY_REUSED", "This paymentId stands for another.");
            return;
        }
        payments.computeIfPresent(asked.paymentId(), (id, payment) -> payment.returningTo(asked.returnUrl()));
        context.response().setStatusCode(before == null ? 201 : 200);
        context.json(new JsonObject().put("redirectUrl", origin + PATH + "/payments/" + asked.paymentId()));
    }

    private void show(RoutingContext context) {
        SandboxPayment payment = payments.get(context.pathParam("paymentId"));
        if (payment == null) {
            unknown(context);
        } else {
            answer(context, payment);
        }
    }

    private void choose(RoutingContext context, Status choice) {
        SandboxPayment payment =
                payments.computeIfPresent(context.pathParam("paymentId"), (id, before) -> before.choose(choice));
        if (payment == null) {
            unknown(context);
            return;
        }
        if (payment.status() != choice) {
            Problems.answer(context.response(), 409, "PAYMENT_DECIDED", "This payment is already captured.");
            return;
        }
        webhook.deliver(payment.notice())
                .onSuccess(delivered -> leave(context, payment))
                .onFailure(failure -> Problems.answer(
                        context.response(),
                        502,
                        "WEBHOOK_NOT_TAKEN",
                        failure.getMessage() + " Press again to repeat."));
    }

    private void leave(RoutingContext context, SandboxPayment payment) {
        if (wantsJson(context) || payment.whereTo().isEmpty()) {
            answer(context, payment);
        } else {
            context.response()
                    .setStatusCode(303)
                    .putHeader("Location", payment.whereTo().get())
                    .end();
        }
    }

    private void answer(RoutingContext context, SandboxPayment payment) {
        if (wantsJson(context)) {
            context.json(new JsonObject()
                    .put("paymentId", payment.paymentId())
                    .put("orderId", payment.orderId())
                    .put("amount", payment.amount().json())
                    .put("status", payment.status())
                    .put(
                            "refunds",
                            new JsonArray(refunds.of(payment).stream()
                                    .map(SandboxRefund::json)
                                    .toList())));
        } else {
            SandboxPage.show(context, payment, refunds.of(payment));
        }
    }

    private static void unknown(RoutingContext context) {
        if (wantsJson(context) || context.request().method() == HttpMethod.POST) {
            Problems.answer(context.response(), 404, "PAYMENT_UNKNOWN", "The sandbox knows no such payment.");
        } else {
            SandboxPage.unknown(context);
        }
    }

    private static boolean wantsJson(RoutingContext context) {
        String accept = context.request().getHeader("Accept");
        return accept != null && accept.startsWith("application/json");
    }
}
