package io.livesale.local;

import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The payer's page: plain HTML that works without scripts, under a policy that allows none. */
final class SandboxPage {
    private static final String POLICY =
            "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'";

    private static final String PAGE = """
            <!doctype html>
            <html lang="en">
            <head>
              <meta charset="utf-8">
              <meta name="viewport" content="width=device-width, initial-scale=1">
              <title>%s</title>
              <link rel="stylesheet" href="%s/style.css">
            </head>
            <body>
              <main>
                <p class="note">Sandbox payment: no money moves.</p>
            %s
              </main>
            </body>
            </html>
            """;

    private static final String STYLE = """
            :root { color-scheme: light dark; font: 1.125rem/1.5 system-ui, sans-serif; }
            body { margin: 0; display: grid; place-items: center; min-height: 100vh; }
            main { width: min(24rem, 100vw - 3rem); }
            h1 { font-size: 2.5rem; margin: 0.5rem 0; }
            h2 { font-size: 1.125rem; margin: 1.5rem 0 0.5rem; }
            .note, dt { opacity: 0.75; font-size: 0.875rem; }
            dd { margin: 0 0 0.5rem; overflow-wrap: anywhere; }
            form { margin: 0.75rem 0 0; }
            button { width: 100%; padding: 0.75rem; font: inherit; border-radius: 0.5rem; border: 2px solid #0a6b3d; }
            button.pay { background: #0a6b3d; color: #fff; }
            button.decline { background: transparent; color: inherit; }
            """;

    private SandboxPage() {}

    static void show(RoutingContext context, SandboxPayment payment, List<SandboxRefund> refunds) {
        String details = """
                    <h1>%s</h1>
                    <dl><dt>Order</dt><dd>%s</dd><dt>Payment</dt><dd>%s</dd></dl>
                """.formatted(
                        Html.escape(payment.amount().toString()),
                        Html.escape(payment.orderId()),
                        Html.escape(payment.paymentId()));
        String path = Sandbox.PATH + "/payments/" + Html.escape(payment.paymentId());
        String buttons = button(path, "pay", "Pay") + button(path, "decline", "Decline");
        String rest = switch (payment.status()) {
            case PENDING -> buttons;
            case CAPTURED -> "<p role=\"status\">Paid. You can close this page.</p>";
            case DECLINED -> "<p role=\"status\">Declined. You can try again.</p>" + buttons;
        };
        send(context, 200, "Pay " + payment.amount(), details + rest + list(refunds));
    }

    static void unknown(RoutingContext context) {
        send(
                context,
                404,
                "Payment unknown",
                "<h1>Payment unknown</h1><p>Go back to your order and press pay again.</p>");
    }

    static void style(RoutingContext context) {
        context.response().putHeader("Content-Type", "text/css; charset=utf-8").end(STYLE);
    }

    private static String list(List<SandboxRefund> refunds) {
        if (refunds.isEmpty()) {
            return "";
        }
        return refunds.stream()
                .map(refund -> "<dt>Refund %s</dt><dd>%s, %s</dd>"
                        .formatted(
                                Html.escape(refund.refundId()),
                                refund.amount(),
                                refund.status().toString().toLowerCase(Locale.ROOT)))
                .collect(Collectors.joining("", "<h2>Refunds</h2><dl>", "</dl>"));
    }

    private static String button(String path, String action, String label) {
        return "<form method=\"post\" action=\"%s/%s\"><button class=\"%s\">%s</button></form>"
                .formatted(path, action, action, label);
    }

    private static void send(RoutingContext context, int status, String title, String content) {
        context.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "text/html; charset=utf-8")
                .putHeader("Content-Security-Policy", POLICY)
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Cache-Control", "no-store")
                .end(PAGE.formatted(Html.escape(title), Sandbox.PATH, content));
    }
}
