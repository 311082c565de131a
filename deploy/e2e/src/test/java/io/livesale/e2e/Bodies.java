package io.livesale.e2e;

import java.util.Map;

/** What requests bring besides their path: good ones, with {@link Belongings} to be filled in. */
final class Bodies {
    private static final String REASON = """
            {"reason": "looked at"}""";
    private static final String PRODUCT = """
            {"title": "Paste", "county": "611026", "listPrice": {"amount": 2590, "currency": "CNY"},
             "commissionBasisPoints": 2000}""";
    private static final Map<String, String> BODIES = Map.ofEntries(
            Map.entry("POST /orders", """
                    {"offerId": "{offer}", "quantity": 1}"""),
            Map.entry("POST /orders/no-op", """
                    {"offerId": "{offer}", "quantity": 1}"""),
            Map.entry("POST /orders/{orderId}/payment", "{}"),
            Map.entry("POST /orders/{orderId}/refunds", """
                    {"refundId": "one-fen", "amount": {"amount": 1, "currency": "CNY"}, "reason": "sorry",
                     "restock": false}"""),
            Map.entry("POST /orders/{orderId}/shipment", """
                    {"carrier": "SF", "trackingNumber": "SF-1"}"""),
            Map.entry("POST /payments/webhook", """
                    {"type": "payment.captured", "orderId": "{paid}", "paymentId": "{paid}",
                     "amount": {"amount": 1990, "currency": "CNY"}}"""),
            Map.entry("PUT /payout-accounts/me", """
                    {"kind": "WALLET", "holder": "Somebody", "account": "wallet-of-somebody"}"""),
            Map.entry("POST /payouts/{payoutId}/hold", REASON),
            Map.entry("POST /payouts/{payoutId}/cancel", REASON),
            Map.entry("POST /payouts/{payoutId}/resolve", """
                    {"paid": true, "reason": "looked at"}"""),
            Map.entry("POST /settlements", """
                    {"settlementId": "{settlement}"}"""),
            Map.entry("PUT /fee-programmes/{id}", """
                    {"name": "Of one county", "counties": ["{county}"], "feeBasisPoints": 100,
                     "from": "2001-01-01T00:00:00Z", "to": "2002-01-01T00:00:00Z"}"""),
            Map.entry("POST /payout-provider/webhook", """
                    {"type": "payout.failed", "payoutId": "{payout}", "reason": "made up"}"""),
            Map.entry("PUT /counties/{code}", """
                    {"name": "X", "province": "Y", "designated": false}"""),
            Map.entry("PUT /creators/me", """
                    {"displayName": "Somebody"}"""),
            Map.entry("PUT /creators/{id}/verification", """
                    {"status": "VERIFIED", "reason": "known"}"""),
            Map.entry("POST /products", PRODUCT),
            Map.entry("PUT /products/{id}", PRODUCT),
            Map.entry(
                    "POST /products/import",
                    "sku,title,county,listPrice,currency,commissionBasisPoints\r\nP-1,Paste,611026,2590,CNY,2000\r\n"),
            Map.entry("POST /products/{id}/stock-adjustments", """
                    {"adjustmentId": "second", "delta": 1}"""),
            Map.entry("POST /sessions", """
                    {"title": "Of somebody"}"""),
            Map.entry("POST /sessions/{id}/offers", """
                    {"kind": "GIFT", "title": "Rose", "price": {"amount": 520, "currency": "CNY"}}"""),
            Map.entry("PUT /sessions/{id}/pin", """
                    {"offerId": "{offer}"}"""));

    private Bodies() {}

    /** @return empty for an operation without one */
    static String of(String operation) {
        return BODIES.getOrDefault(operation, "");
    }
}
