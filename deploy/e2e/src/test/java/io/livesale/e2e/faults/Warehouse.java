package io.livesale.e2e.faults;

import io.livesale.e2e.faults.Market.ToShip;
import io.vertx.core.json.JsonObject;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** A seller who ships what was paid, says when it arrived, and gives some of the money back. */
final class Warehouse implements Person {
    private static final int ATTEMPTS = 8;

    private final Client seller;
    private final BlockingQueue<ToShip> orders;
    private final Random random;
    private int refunds;

    Warehouse(Client seller, BlockingQueue<ToShip> orders, Random random) {
        this.seller = seller;
        this.orders = orders;
        this.random = random;
    }

    @Override
    public void act() throws InterruptedException {
        ToShip order = orders.poll(500, TimeUnit.MILLISECONDS);
        if (order == null) {
            return;
        }
        String path = "/orders/" + order.orderId();
        if (random.nextInt(6) == 0) {
            refund(order, path);
        }
        JsonObject parcel = JsonObject.of("carrier", "SF", "trackingNumber", "T" + random.nextInt(1_000_000));
        insist("ship", order.orderId(), path + "/shipment", parcel);
        TimeUnit.MILLISECONDS.sleep(100);
        insist("deliver", order.orderId(), path + "/delivery", null);
        if (random.nextInt(6) == 0) {
            refund(order, path);
        }
    }

    private void refund(ToShip order, String path) throws InterruptedException {
        int amount = random.nextInt(3) == 0 ? order.total() : 1 + random.nextInt(order.total());
        String id = "r" + refunds++;
        JsonObject refund = JsonObject.of("refundId", id, "amount", JsonObject.of("amount", amount, "currency", "CNY"))
                .put("reason", "a broken jar")
                .put("restock", random.nextBoolean());
        insist("refund", order.orderId() + "/" + id, path + "/refunds", refund);
    }

    /** Until it is known that the order can or cannot; a command taken twice changes nothing the second time. */
    private void insist(String did, String about, String path, JsonObject body) throws InterruptedException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (seller.post(did, about, path, body).isDone()) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(100L + attempt * 100L);
        }
    }
}
