package io.livesale.e2e.faults;

import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What DOMAIN.md's formulas make of the order events, in plain maps: the reference for promise I4. Whose the money is;
 * where on its way to them it stands is not told here.
 */
final class MoneyModel {
    private static final long STANDARD_FEE = 500;

    private record Sale(String seller, String creator, boolean gift, long commission, long fee) {
        private long commissionOf(long gross) {
            return gross * commission / 10_000;
        }

        private long feeOf(long gross) {
            long rest = gross - commissionOf(gross);
            return gift ? rest : Math.min(gross * fee / 10_000, rest);
        }
    }

    private final Map<String, Sale> sales = new HashMap<>();
    private final Map<String, Long> left = new HashMap<>();

    /** Takes each event once. */
    void take(String type, JsonObject event) {
        String orderId = event.getString("orderId");
        if (type.equals("order.paid")) {
            boolean gift = event.getString("kind").equals("GIFT");
            boolean covered = Traffic.PROGRAMME_COUNTY.equals(event.getString("county"));
            sales.put(
                    orderId,
                    new Sale(
                            gift ? "" : event.getString("sellerId"),
                            event.getString("creatorId"),
                            gift,
                            event.getLong("commissionBasisPoints"),
                            covered ? Traffic.PROGRAMME_BASIS_POINTS : STANDARD_FEE));
            left.merge(orderId, event.getJsonObject("total").getLong("amount"), Long::sum);
        } else if (type.equals("order.refunded")) {
            left.merge(orderId, -event.getJsonObject("amount").getLong("amount"), Long::sum);
        }
    }

    /** One for each paid order. */
    Set<String> paidOrders() {
        return sales.keySet();
    }

    /** By party and for the platform, in fen; whoever has nothing is left out. */
    Map<String, Long> balances() {
        Map<String, Long> balances = new TreeMap<>();
        sales.forEach((orderId, sale) -> {
            long gross = left.get(orderId);
            long fee = sale.feeOf(gross);
            long commission = sale.commissionOf(gross);
            balances.merge("psp-clearing", -gross, Long::sum);
            balances.merge("platform:fees", fee, Long::sum);
            balances.merge("party:" + sale.creator(), commission, Long::sum);
            if (!sale.gift()) {
                balances.merge("party:" + sale.seller(), gross - fee - commission, Long::sum);
            }
        });
        balances.values().removeIf(balance -> balance == 0);
        return balances;
    }
}
