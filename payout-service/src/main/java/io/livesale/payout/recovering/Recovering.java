package io.livesale.payout.recovering;

import io.livesale.payout.Audit;
import io.livesale.payout.Audit.Action;
import io.livesale.payout.DataFault;
import io.livesale.payout.Ledger;
import io.livesale.payout.LedgerTransaction;
import io.livesale.payout.Payout;
import io.livesale.payout.Payout.Status;
import io.livesale.payout.PayoutEvent;
import io.livesale.payout.PayoutSettings;
import io.livesale.payout.Payouts;
import io.livesale.payout.Problem;
import io.livesale.payout.recovering.Recovery.Item;
import io.livesale.payout.recovering.RecoveryRows.Known;
import io.livesale.payout.recovering.ToldPayouts.Extent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Finds the payouts that were told of and that the database does not know, or not as far, and books them as they were told
 * last: the payout, a line of its timeline, its settlement's figures and its postings, in one transaction for some of them.
 * What is known further than it was told stays as it is, so a repeat changes nothing. What went two ways is for a person.
 *
 * <p>An event holds no account. One that has ended is booked without; one under way goes to the payee's newest, which must be
 * verified, and one that was not sent yet is held.
 *
 * <p>It blocks, for reading the topic does.
 */
@ApplicationScoped
class Recovering {
    private static final Logger LOG = Logger.getLogger(Recovering.class);

    private static final int PAGE = 100;
    private static final Duration LONGEST_STATEMENTS = Duration.ofSeconds(60);
    private static final String TO_BE_LOOKED_AT = "It was made before a restore, and is looked at before it is sent.";

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

    /** What was found, and whether there is more than is kept. */
    private static final class Finding {
        private final Map<UUID, Missing> missing = new HashMap<>();
        private boolean more;

        private void add(Missing found) {
            UUID id = found.last().payoutId();
            if (missing.size() < Recovery.MOST_FOUND || missing.containsKey(id)) {
                missing.merge(id, found, Missing::and);
            } else {
                more = true;
            }
        }

        private Recovery recovery(Extent extent, List<Item> items) {
            return new Recovery(
                    extent.events(),
                    extent.unreadable(),
                    items.size(),
                    more,
                    (int) items.stream().filter(Item::booked).count(),
                    items.stream().limit(Recovery.MOST_SHOWN).toList());
        }
    }

    /** What is missing. */
    Recovery look() {
        Finding finding = new Finding();
        Extent extent = find(finding);
        return finding.recovery(
                extent,
                finding.missing.values().stream()
                        .map(payout -> Recovery.item(payout, false, payout.otherwise() ? Recovery.OTHERWISE : null))
                        .toList());
    }

    /** Books what is missing. Nothing may be paid out meanwhile. */
    Recovery book(String operator) {
        Finding finding = new Finding();
        Extent extent = find(finding);
        List<Missing> all = List.copyOf(finding.missing.values());
        List<Item> items = new ArrayList<>();
        for (int from = 0; from < all.size(); from += PAGE) {
            items.addAll(book(all.subList(from, Math.min(all.size(), from + PAGE)), operator));
        }
        Recovery recovery = finding.recovery(extent, items);
        LOG.infof("payouts recovered missing=%d booked=%d by=%s", recovery.missing(), recovery.booked(), operator);
        return recovery;
    }

    private Extent find(Finding finding) {
        return told.read(events -> {
            Map<String, Known> known = await(RecoveryRows.known(pool, events));
            for (PayoutEvent event : events) {
                Known here = known.get(event.eventId());
                if (here == null) {
                    finding.add(Missing.of(event, 0, false));
                } else if (here.isOtherThan(event) || event.version() > here.version()) {
                    finding.add(Missing.of(event, here.version(), here.isOtherThan(event)));
                }
            }
        });
    }

    /** One whose data is refused must not keep the others. */
    private List<Item> book(List<Missing> page, String operator) {
        try {
            return await(pool.withTransaction(connection -> book(connection, page, operator)));
        } catch (RuntimeException e) {
            if (!DataFault.is(e)) {
                throw e;
            }
            if (page.size() > 1) {
                return page.stream()
                        .flatMap(one -> book(List.of(one), operator).stream())
                        .toList();
            }
            LOG.errorf(
                    "payout not recovered payoutId=%s reason=%s",
                    page.get(0).last().payoutId(), e);
            return List.of(Recovery.item(page.get(0), false, "The database refuses it; the log says why."));
        }
    }

    private Uni<List<Item>> book(SqlConnection connection, List<Missing> page, String operator) {
        return RecoveryRows.lock(connection, page)
                .chain(known -> RecoveryRows.verifiedAccounts(connection, page)
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
            String refused = refusal(missing, before, account);
            if (refused == null
                    && (before == null || before.version() < missing.last().version())) {
                if (before == null) {
                    unknown.add(missing);
                }
                found.add(missing.payout(before, account, now.plus(pause)));
            }
            items.add(Recovery.item(missing, refused == null, refused));
        }
        if (found.isEmpty()) {
            return Uni.createFrom().item(items);
        }
        List<LedgerTransaction> moves = found.stream()
                .flatMap(payout -> moves(known.get(payout.payoutId()), payout, now))
                .toList();
        List<Payout> held = found.stream()
                .filter(payout -> payout.status() == Status.PENDING && !known.containsKey(payout.payoutId()))
                .map(payout -> payout.held(TO_BE_LOOKED_AT))
                .toList();
        return RecoveryRows.addToSettlements(connection, unknown, operator, now)
                .chain(() -> payouts.catchUp(connection, found, operator, now))
                .chain(() ->
                        held.isEmpty() ? Uni.createFrom().voidItem() : payouts.change(connection, held, operator, now))
                .chain(() -> remember(connection, found, operator))
                .chain(() -> ledger.postAll(connection, moves))
                .replaceWith(items);
    }

    /** Why it cannot be booked, if so. */
    private static @Nullable String refusal(Missing missing, @Nullable Payout before, @Nullable Integer account) {
        PayoutEvent told = missing.last();
        if (before == null) {
            return told.status().isEnd() || account != null ? null : Recovery.NO_ACCOUNT;
        }
        boolean cameBack = before.status().isEnd() && !told.status().isEnd() && told.version() > before.version();
        boolean differs = before.version() == told.version() && before.status() != told.status();
        return missing.otherwise() || cameBack || differs || !before.amount().equals(told.amount())
                ? Recovery.OTHERWISE
                : null;
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

    private static <T> T await(Uni<T> statements) {
        try {
            return statements.await().atMost(LONGEST_STATEMENTS);
        } catch (TimeoutException e) {
            throw Problem.UNAVAILABLE.because("The database takes too long.");
        }
    }
}
