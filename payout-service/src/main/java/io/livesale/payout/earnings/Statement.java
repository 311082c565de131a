package io.livesale.payout.earnings;

import io.livesale.payout.Page;
import io.livesale.payout.PageRequest;
import io.livesale.payout.Rfc3339;
import io.livesale.payout.earnings.Entry.Role;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/** Reads one person's statement lines, newest first. Whoever is seller and creator of a sale has two lines for it. */
@ApplicationScoped
class Statement {
    /**
     * Each arm walks its index backwards from the position and stops, so a late page costs what the first one does. The
     * arms know no role and may begin with the position's own line, hence one more of each.
     */
    private static final String OWN = """
            SELECT *
            FROM (
              (SELECT sale.*, 'SELLER' AS role
               FROM sale
               WHERE seller_id = $1 AND (paid_at, order_id) <= ($2, $3)
               ORDER BY paid_at DESC, order_id DESC
               LIMIT $5::integer + 1)
              UNION ALL
              (SELECT sale.*, 'CREATOR' AS role
               FROM sale
               WHERE creator_id = $1 AND (paid_at, order_id) <= ($2, $3)
               ORDER BY paid_at DESC, order_id DESC
               LIMIT $5::integer + 1)) AS entry
            WHERE (paid_at, order_id, role) < ($2, $3, $4)
            ORDER BY paid_at DESC, order_id DESC, role DESC
            LIMIT $5::integer
            """;

    private final Pool pool;

    Statement(Pool pool) {
        this.pool = pool;
    }

    Uni<Page<Entry>> page(String userId, PageRequest request) {
        Position after = request.position().map(Position::parse).orElse(Position.NEWEST);
        Tuple values = Tuple.of(
                userId, after.paidAt().atOffset(ZoneOffset.UTC), after.orderId(), after.role(), request.limitPlusOne());
        return pool.preparedQuery(OWN)
                .execute(values)
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(Entry::of)
                        .toList())
                .map(entries -> page(entries, request));
    }

    private static Page<Entry> page(List<Entry> entries, PageRequest request) {
        return Page.of(
                entries,
                request,
                Function.identity(),
                entry -> new Position(
                                entry.paidAt(), entry.orderId(), entry.role().name())
                        .text());
    }

    /** A place in the order of the lines. */
    private record Position(Instant paidAt, UUID orderId, String role) {
        /** Above every line there can be. */
        static final Position NEWEST = new Position(Rfc3339.LAST, new UUID(-1, -1), "Z");

        static Position parse(String text) {
            String[] parts = text.split("/", -1);
            try {
                Instant paidAt = Instant.parse(parts[0]);
                if (Rfc3339.canWrite(paidAt)) {
                    return new Position(
                            paidAt,
                            UUID.fromString(parts[1]),
                            Role.valueOf(parts[2]).name());
                }
            } catch (DateTimeException | IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
                // Answered like any other cursor that is not ours.
            }
            throw PageRequest.unknownCursor();
        }

        String text() {
            return paidAt + "/" + orderId + "/" + role;
        }
    }
}
