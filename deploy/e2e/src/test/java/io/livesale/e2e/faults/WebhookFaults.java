package io.livesale.e2e.faults;

import com.standardwebhooks.Webhook;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Notices of the provider that come twice, late, out of turn, or from somebody else. */
final class WebhookFaults {
    private static final long STALE_SECONDS = 3600;
    private static final int REPEATS = 5;

    private WebhookFaults() {}

    static List<Fault> all() {
        return List.of(new PaymentNotices(), new PayoutNotices());
    }

    private record PaymentNotices() implements Fault {
        @Override
        public String name() {
            return "webhooks:payments";
        }

        @Override
        public String strike(Site site, Random random) throws Exception {
            List<String> paid = Rows.of(site, Site.ORDER, """
                    SELECT order_id || ' ' || payment_id || ' ' || total_amount || ' ' || total_currency
                    FROM orders
                    WHERE payment_id IS NOT NULL
                    LIMIT 20
                    """);
            if (paid.isEmpty()) {
                throw new NotProven("nothing is paid yet");
            }
            String[] order = paid.get(random.nextInt(paid.size())).split(" ");
            JsonObject captured = notice("payment.captured", order);
            JsonObject failed = notice("payment.failed", order);
            Notices notices = new Notices(site.origin() + "/payments/webhook", site.paymentWebhookSecret());
            return notices.tell(captured, failed);
        }

        private static JsonObject notice(String type, String[] order) {
            return JsonObject.of("type", type, "orderId", order[0], "paymentId", order[1])
                    .put("amount", JsonObject.of("amount", Long.parseLong(order[2]), "currency", order[3]));
        }
    }

    private record PayoutNotices() implements Fault {
        @Override
        public String name() {
            return "webhooks:payouts";
        }

        @Override
        public String strike(Site site, Random random) throws Exception {
            List<String> paid = Rows.of(site, Site.PAYOUT, "SELECT id FROM payout WHERE status = 'PAID' LIMIT 20");
            if (paid.isEmpty()) {
                throw new NotProven("nothing is paid out yet");
            }
            JsonObject arrived =
                    JsonObject.of("type", "payout.paid", "payoutId", paid.get(random.nextInt(paid.size())));
            Notices notices = new Notices(site.origin() + "/payout-provider/webhook", site.payoutWebhookSecret());
            return notices.tell(arrived, arrived);
        }
    }

    /** Sends notices right and wrong, and looks that only the right ones are taken. */
    private record Notices(String url, String secret) {
        private static final String FORGER = "whsec_" + "Zm9yZ2Vk".repeat(5);

        private String tell(JsonObject repeated, JsonObject late) throws Exception {
            for (int time = 0; time < REPEATS; time++) {
                expect(202, send(repeated, "n-" + repeated.hashCode(), Instant.now(), secret));
            }
            expect(202, send(late, "late-" + late.hashCode(), Instant.now(), secret));
            expect(401, send(repeated, "forged", Instant.now(), FORGER));
            expect(401, send(repeated, "stale", Instant.now().minusSeconds(STALE_SECONDS), secret));
            return REPEATS + " repeats and a late one taken, a forged and a stale one refused";
        }

        private int send(JsonObject body, String id, Instant at, String key) throws Exception {
            String signature = new Webhook(key).sign(id, at.getEpochSecond(), body.encode());
            int status = 0;
            // Another fault's traces may still be there; only an answer counts.
            for (int attempt = 0; attempt < 20 && (status == 0 || status >= 500); attempt++) {
                status = Client.send(
                                url,
                                "POST",
                                "",
                                Map.of(
                                        "webhook-id", id,
                                        "webhook-timestamp", Long.toString(at.getEpochSecond()),
                                        "webhook-signature", signature),
                                body)
                        .status();
            }
            return status;
        }

        private static void expect(int status, int answered) {
            if (answered != status) {
                throw new IllegalStateException("a webhook was answered " + answered + ", not " + status);
            }
        }
    }
}
