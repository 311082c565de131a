package io.livesale.e2e.faults;

import io.livesale.e2e.faults.Client.Answer;
import io.livesale.e2e.faults.Journal.Told;
import io.livesale.e2e.faults.Market.OnSale;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Presses buy, again where no answer came, and pays, leaves or changes their mind. */
final class Buyer implements Person {
    /** Order-service's namespace for order ids, of which each is made of the buyer and their key. */
    private static final UUID NAMESPACE = UUID.fromString("0d3f5a52-8a41-4c3e-9a63-6c1c1a7d9d0e");
    /** An order whose fate is unknown after so many presses is left. */
    private static final int PRESSES = 8;

    private static final int LOOKS = 20;
    private static final Duration TOO_LATE = Promises.PAYMENT_WINDOW.plusSeconds(2);

    private final Client client;
    private final Market market;
    private final Random random;
    private int orders;

    Buyer(Client client, Market market, Random random) {
        this.client = client;
        this.market = market;
        this.random = random;
    }

    @Override
    public void act() throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(50 + random.nextInt(250));
        Optional<OnSale> chosen = market.choose(random);
        if (chosen.isPresent()) {
            buy(chosen.get());
        }
    }

    private void buy(OnSale offer) throws InterruptedException {
        String key = "k" + orders++;
        String orderId = orderId(client.who(), key);
        int quantity = offer.gift() ? 1 : 1 + random.nextInt(3);
        JsonObject body = JsonObject.of("offerId", offer.offerId(), "quantity", quantity);
        boolean patient = random.nextBoolean();
        Map<String, String> headers =
                patient ? Map.of("Idempotency-Key", key, "Prefer", "wait=2") : Map.of("Idempotency-Key", key);
        Answer answer = Answer.NONE;
        for (int press = 0; press < PRESSES && answer.told() == Told.UNKNOWN; press++) {
            TimeUnit.MILLISECONDS.sleep(press * 200L);
            answer = client.ask("place", orderId, "POST", "/orders", headers, body);
        }
        if (random.nextInt(5) == 0) {
            // Somebody presses twice.
            client.ask("place", orderId, "POST", "/orders", headers, body);
        }
        if (answer.isDone() && "RESERVED".equals(outcome(orderId))) {
            decide(offer, orderId, quantity);
        }
    }

    private String outcome(String orderId) throws InterruptedException {
        for (int look = 0; look < LOOKS; look++) {
            String status = client.get("/orders/" + orderId).json().getString("status", "RECEIVED");
            if (!status.equals("RECEIVED")) {
                return status;
            }
            TimeUnit.MILLISECONDS.sleep(150);
        }
        return "RECEIVED";
    }

    private void decide(OnSale offer, String orderId, int quantity) throws InterruptedException {
        int mood = random.nextInt(20);
        if (mood < 14) {
            if (captures(orderId, openPayment(orderId))) {
                market.paid(offer, orderId, quantity);
            }
            if (mood < 2) {
                client.post("cancel", orderId, "/orders/" + orderId + "/cancellation", null);
            } else if (mood < 4) {
                client.post("confirm", orderId, "/orders/" + orderId + "/receipt-confirmation", null);
            }
        } else if (mood < 16) {
            // The provider's page is still open when the order is cancelled, or has run out: that money goes back.
            Optional<String> page = openPayment(orderId);
            if (mood == 14) {
                client.post("cancel", orderId, "/orders/" + orderId + "/cancellation", null);
            } else {
                TimeUnit.MILLISECONDS.sleep(TOO_LATE.toMillis());
            }
            captures(orderId, page);
        }
    }

    /** The provider's page, if there was an answer. */
    private Optional<String> openPayment(String orderId) throws InterruptedException {
        Answer opened = client.post("open-payment", orderId, "/orders/" + orderId + "/payment", null);
        return Optional.ofNullable(opened.json().getString("redirectUrl"));
    }

    private boolean captures(String orderId, Optional<String> page) throws InterruptedException {
        return page.isPresent() && client.captures(orderId, page.get() + "/pay").isDone();
    }

    /** UUIDv5, RFC 9562: the first 16 bytes of SHA-1 over namespace and name, with version and variant put in. */
    static String orderId(String buyer, String key) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            sha1.update(ByteBuffer.allocate(16)
                    .putLong(NAMESPACE.getMostSignificantBits())
                    .putLong(NAMESPACE.getLeastSignificantBits())
                    .array());
            ByteBuffer hash = ByteBuffer.wrap(sha1.digest((key + '\n' + buyer).getBytes(StandardCharsets.UTF_8)));
            long high = hash.getLong() & ~0xf000L | 0x5000L;
            long low = hash.getLong() & 0x3fffffffffffffffL | 0x8000000000000000L;
            return new UUID(high, low).toString();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
