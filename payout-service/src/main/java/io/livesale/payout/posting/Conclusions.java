package io.livesale.payout.posting;

import io.livesale.payout.LedgerTransaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What follows from the refunds that wait and from where their orders stand.
 *
 * @param standings where the orders stand afterwards
 */
record Conclusions(List<Standing> standings, List<Decision> decisions, List<LedgerTransaction> transactions) {
    /** @param refused why the refund is not posted; absent when it is */
    record Decision(Refund refund, @Nullable String refused) {}

    /** @param refunds of each order, in the order in which they are taken */
    static Conclusions of(List<Standing> standings, Map<UUID, List<Refund>> refunds) {
        List<Standing> afterwards = new ArrayList<>();
        List<Decision> decisions = new ArrayList<>();
        List<LedgerTransaction> transactions = new ArrayList<>();
        for (Standing before : standings) {
            Standing standing = before;
            for (Refund refund : refunds.getOrDefault(standing.orderId(), List.of())) {
                Optional<String> refusal = standing.refusal(refund);
                decisions.add(new Decision(refund, refusal.orElse(null)));
                if (refusal.isEmpty()) {
                    transactions.add(standing.reversal(refund));
                    standing = standing.after(refund);
                }
            }
            afterwards.add(standing);
        }
        return new Conclusions(afterwards, decisions, transactions);
    }

    /** Those that are not posted. */
    List<Decision> refusals() {
        return decisions.stream().filter(decision -> decision.refused() != null).toList();
    }
}
