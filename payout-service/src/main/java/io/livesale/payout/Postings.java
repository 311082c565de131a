package io.livesale.payout;

import java.util.ArrayList;
import java.util.List;

/** Collects the postings of a transaction; where nothing moves, nothing is posted. */
public final class Postings {
    private final List<Posting> postings = new ArrayList<>();

    public Postings add(Account account, Money money) {
        if (money.amount() != 0) {
            postings.add(new Posting(account, money));
        }
        return this;
    }

    public List<Posting> toList() {
        return List.copyOf(postings);
    }
}
