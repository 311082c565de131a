package io.livesale.e2e.faults;

import static java.util.stream.Collectors.toMap;

import io.livesale.e2e.OrderEvents;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Promise I4: what the ledger holds is what DOMAIN.md's formulas say, and the providers gave and took just that. */
final class MoneyPromise {
    private static final List<String> LEDGER_FAULTS =
            List.of("unbalanced", "driftedBalances", "wrongSales", "wrongRefunds", "wrongPayouts", "overpaid");

    private final Site site;
    private final Client operator;
    private final Findings findings;

    MoneyPromise(Site site, Client operator, Findings findings) {
        this.site = site;
        this.operator = operator;
        this.findings = findings;
    }

    /** @param model has taken the whole command log */
    void check(OrderModel model, Records records) throws SQLException, InterruptedException {
        theLedgerAddsUp();
        theLedgerIsWhatTheFormulasSay(records.orders());
        payoutsArePaidOnce(records.payouts());
        paymentsAreTakenAndGivenBack(model);
    }

    /** By its own word, and counted anew. */
    private void theLedgerAddsUp() throws SQLException, InterruptedException {
        JsonObject ledger = operator.look("/ledger/verification");
        findings.wrong(
                "I4: the ledger's own verification",
                LEDGER_FAULTS.stream()
                        .filter(fault -> ledger.getLong(fault, -1L) != 0)
                        .map(fault -> fault + "=" + ledger.getValue(fault))
                        .toList());
        findings.wrong("I4: transactions that do not sum to zero", rows(Site.PAYOUT, """
                SELECT transaction_id FROM posting GROUP BY transaction_id, currency HAVING sum(amount) <> 0
                """));
        findings.wrong("I4: balances that are not their postings' sum", rows(Site.PAYOUT, """
                SELECT account
                FROM (SELECT account, sum(amount) AS posted FROM posting GROUP BY account) AS counted
                FULL JOIN account_balance USING (account)
                WHERE coalesce(posted, 0) <> coalesce(balance, 0)
                """));
    }

    private void theLedgerIsWhatTheFormulasSay(OrderEvents orders) throws SQLException {
        MoneyModel money = new MoneyModel();
        Records.oneOfEach(orders).forEach(event -> money.take(Records.type(event), Records.json(event)));
        findings.same("I4: balances", money.balances(), balances());
        findings.same(
                "I4: a posting of each sale", once(money.paidOrders().stream()), once(rows(Site.PAYOUT, """
                SELECT order_id FROM ledger_transaction WHERE kind = 'SALE'
                """).stream()));
    }

    private Map<String, Long> balances() throws SQLException {
        Map<String, Long> balances = new TreeMap<>();
        for (String row : rows(Site.PAYOUT, """
                SELECT CASE WHEN account LIKE 'party:%' THEN regexp_replace(account, ':[^:]*$', '') ELSE account END
                       || ' ' || balance
                FROM account_balance
                """)) {
            balances.merge(row.split(" ")[0], Long.parseLong(row.split(" ")[1]), Long::sum);
        }
        balances.values().removeIf(balance -> balance == 0);
        return balances;
    }

    /** The same at the provider, to the payee's own account, in the database, and told. */
    private void payoutsArePaidOnce(OrderEvents payouts) throws SQLException, InterruptedException {
        Map<String, String> stored = Rows.words(site, Site.PAYOUT, """
                SELECT id || '|' || status || ' ' || amount || ' to ' || user_id
                FROM payout
                WHERE status IN ('PAID', 'IN_TRANSIT')
                """);
        Map<String, String> paid = objects(operator.look("/sandbox/psp/payouts"), "items")
                .collect(toMap(
                        payout -> payout.getString("payoutId"),
                        payout -> payout.getString("status") + " " + amount(payout) + " to " + payee(payout)));
        findings.same("I4: payouts at the provider", stored, paid);
        findings.wrong("I4: payout events of which two copies differ", payouts.unequal());
        findings.same(
                "I4: payouts told as paid",
                once(stored.keySet().stream()),
                once(Records.oneOfEach(payouts).stream()
                        .filter(event -> Records.type(event).equals("payout.paid"))
                        .map(event -> event.key())));
    }

    private static String payee(JsonObject payout) {
        String holder = payout.getString("holder");
        return payout.getString("account").equals(Shop.account(holder)) ? holder : "another account than " + holder;
    }

    /** At the payment provider: taken once, and each part that went back once. */
    private void paymentsAreTakenAndGivenBack(OrderModel model) throws SQLException, InterruptedException {
        Map<String, String> payments = Rows.words(site, Site.ORDER, """
                SELECT payment_id || '|' || order_id || ' ' || total_amount FROM orders WHERE payment_id IS NOT NULL
                """);
        Map<String, String> expected = new TreeMap<>();
        Map<String, String> found = new TreeMap<>();
        for (Map.Entry<String, String> payment : payments.entrySet()) {
            String orderId = payment.getValue().split(" ")[0];
            String total = payment.getValue().split(" ")[1];
            JsonObject taken = operator.look("/sandbox/psp/payments/" + payment.getKey());
            expected.put(
                    orderId,
                    "CAPTURED " + total + ", back " + sorted(model.returns().getOrDefault(orderId, List.of())));
            found.put(
                    orderId,
                    taken.getString("status") + " " + amount(taken) + ", back "
                            + sorted(objects(taken, "refunds")
                                    .filter(refund -> refund.getString("status").equals("SUCCEEDED"))
                                    .map(MoneyPromise::amount)
                                    .toList()));
        }
        findings.same("I4: payments and refunds at the provider", expected, found);
    }

    private static List<Long> sorted(List<Long> amounts) {
        List<Long> sorted = new ArrayList<>(amounts);
        Collections.sort(sorted);
        return sorted;
    }

    private static Long amount(JsonObject of) {
        return of.getJsonObject("amount", JsonObject.of()).getLong("amount");
    }

    private static Stream<JsonObject> objects(JsonObject in, String name) {
        return in.getJsonArray(name, new JsonArray()).stream().map(JsonObject.class::cast);
    }

    /** How often each is there. */
    private static Map<String, Integer> once(Stream<String> ids) {
        Map<String, Integer> counted = new TreeMap<>();
        ids.forEach(id -> counted.merge(id, 1, Integer::sum));
        return counted;
    }

    private List<String> rows(String service, String query) throws SQLException {
        return Rows.of(site, service, query);
    }
}
