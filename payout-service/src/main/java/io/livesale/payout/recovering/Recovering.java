package io.livesale.payout.recovering;

import io.livesale.payout.Audit;
import io.livesale.payout.Audit.Action;
import io.livesale.payout.Ledger;
import io.livesale.payout.LedgerTransaction;
import io.livesale.payout.Payout;
import io.livesale.payout.PayoutEvent;
import io.livesale.payout.PayoutSettings;
import io.livesale.payout.Payouts;
import io.livesale.payout.recovering.Recovery.Item;
import io.livesale.payout.recovering.ToldPayouts.Extent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Finds the payouts that were told of and that the database does not know, or not as far, and books them as they were told
 * last: the payout, the line of its timeline, its settlement's figures and its postings, in one transaction for some of
 * them. What is known further than it was told stays as it is, so a repeat changes nothing.
 *
 * <p>An event holds no account. One that is not known at all is booked for the payee's newest; without any it is refused
 * until one is given.
 */
@ApplicationScoped
class Recovering {
    private static final Logger LOG = Logger.getLogger(Recovering.class);

    private static final int PAGE = 100;
    private static final Duration LONGEST_STATEMENTS = Duration.ofSeconds(60);

    private final Pool pool;
    private final ToldPayouts told;
    private final Payouts payouts;
    private final Ledger ledger;
    private final Audit audit;
    private final Clock clock;
    private final Duration pause;

    Recovering(
            Pool pool,
            ToldPayouts told,
            Payouts payouts,
            Ledger ledger,
            Audit audit,
            Clock clock,
            PayoutSettings settings) {
        this.pool = pool;
        this.told = told;
        this.payouts = payouts;
        this.ledger = ledger;
        this.audit = audit;
        this.clock = clock;
        this.pause = settings.sending().pause();
    }

    /** What is missing. Blocks. */
    Recovery look() {
        Map<UUID, Missing> missing = new TreeMap<>();
        Extent extent = find(missing);
        return recovery(
                extent,
                missing.values().stream()
                        .map(payout -> Recovery.item(payout, false, null))
                        .toList());
    }

    /** Books what is missing. Blocks. */
    Recovery book(String operator) {
        Map<UUID, Missing> missing = new TreeMap<>();
        Extent extent = find(missing);
        List<Missing> all = List.copyOf(missing.values());
        List<Item> items = new ArrayList<>();
        for (int from = 0; from < all.size(); from += PAGE) {
            List<Missing> page = all.subList(from, Math.min(all.size(), from + PAGE));
            items.addAll(pool.withTransaction(connection -> book(connection, page, operator))
                    .await()
                    .atMost(LONGEST_STATEMENTS));
        }
        Recovery recovery = recovery(extent, items);
        LOG.infof("payouts recovered missing=%d booked=%d by=%s", recovery.missing(), recovery.booked(), operator);
        return recovery;
    }

    private static Recovery recovery(Extent extent, List<Item> items) {
        return new Recovery(
                extent.events(),
                extent.unreadable(),
                items.size(),
                (int) items.stream().filter(Item::booked).count(),
                items.stream().limit(Recovery.MOST_SHOWN).toList());
    }

    /** Only what is missing is kept in memory. */
    private Extent find(Map<UUID, Missing> missing) {
        return told.read(page -> {
            Map<UUID, Integer> known = RecoveryRows.versions(pool, page).await().atMost(LONGEST_STATEMENTS);
            for (PayoutEvent event : page) {
                int version = known.getOrDefault(event.payoutId(), 0);
                if (event.version() > version) {
                    missing.merge(
                            event.payoutId(), Missing.of(event, version), (before, found) -> before.and(found.last()));
                }
            }
        });
    }

    private Uni<List<Item>> book(SqlConnection connection, List<Missing> page, String operator) {
        return RecoveryRows.lock(connection, page)
                .chain(known -> RecoveryRows.newestAccounts(connection, page)
                        .chain(accounts -> book(connection, page, known, accounts, operator)));
    }

    private Uni<List<Item>> book(
            SqlConnection connection,
            List<Missing> page,
            Map<UUID, Payout> known,
            Map<String, Integer> accounts,
            String operator) {
        Instant now = clock.instant();
        List<Missing> unknown = new ArrayList<>();
        List<Payout> found = new ArrayList<>();
        List<Item> items = new ArrayList<>();
        for (Missing missing : page) {
            Payout before = known.get(missing.last().payoutId());
            Integer account = accounts.get(missing.last().userId());
            if (before != null && before.version() >= missing.last().version()) {
                // Somebody else was as quick.
                items.add(Recovery.item(missing, true, null));
            } else if (before == null && account == null) {
                items.add(Recovery.item(missing, false, "The payee has no payout account: have it given again first."));
            } else if (before != null && !before.amount().equals(missing.last().amount())) {
                items.add(Recovery.item(missing, false, "It is known with another amount: a person has to look."));
            } else {
                if (before == null) {
                    unknown.add(missing);
                }
                found.add(missing.payout(before, account == null ? 0 : account, now.plus(pause)));
                items.add(Recovery.item(missing, true, null));
            }
        }
        if (found.isEmpty()) {
            return Uni.createFrom().item(items);
        }
        List<LedgerTransaction> moves = found.stream()
                .flatMap(payout -> moves(known.get(payout.payoutId()), payout, now))
                .toList();
        return RecoveryRows.addToSettlements(connection, unknown, operator, now)
                .chain(() -> payouts.catchUp(connection, found, operator, now))
                .chain(() -> remember(connection, found, operator))
                .chain(() -> ledger.postAll(connection, moves))
                .replaceWith(items);
    }

    private static Stream<LedgerTransaction> moves(@Nullable Payout before, Payout payout, Instant now) {
        if (before != null) {
            return payout.movedSince(before, now).stream();
        }
        Stream<LedgerTransaction> end = switch (payout.status()) {
            case PENDING, HELD, IN_TRANSIT -> Stream.empty();
            case PAID -> Stream.of(payout.arrived(now));
            case FAILED, CANCELLED -> Stream.of(payout.returned(now));
        };
        return Stream.concat(Stream.of(payout.setAside()), end);
    }

    private Uni<Void> remember(SqlConnection connection, List<Payout> found, String operator) {
        return Multi.createFrom()
                .iterable(found)
                .onItem()
                .transformToUniAndConcatenate(payout -> audit.record(
                        connection,
                        operator,
                        Action.PAYOUT_RECOVERED,
                        payout.payoutId().toString(),
                        "status=" + payout.status() + " version=" + payout.version()))
                .onItem()
                .ignoreAsUni();
    }
}
