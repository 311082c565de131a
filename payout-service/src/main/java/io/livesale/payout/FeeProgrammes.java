package io.livesale.payout;

import io.livesale.payout.Audit.Action;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The stored fee programmes. Changing one touches no sale that is already paid, posted or not. */
@ApplicationScoped
public class FeeProgrammes {
    /** Of two changes at once the second waits here, for there is no row to lock before the first terms. */
    private static final String LOCK = """
            SELECT clock_timestamp() AS since
            FROM pg_advisory_xact_lock(hashtextextended('fee programme ' || $1::text, 0))
            """;

    private static final String PUT = """
            INSERT INTO fee_programme (id, name, counties, fee_basis_points, valid_from, valid_to)
            VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (id) DO UPDATE
              SET name = excluded.name, counties = excluded.counties, fee_basis_points = excluded.fee_basis_points,
                  valid_from = excluded.valid_from, valid_to = excluded.valid_to, stands_from = $7
            RETURNING id, name, counties, fee_basis_points, valid_from, valid_to
            """;

    private static final String KEEP = """
            INSERT INTO fee_programme_replaced (
              id, name, counties, fee_basis_points, valid_from, valid_to, stood_from, stood_until)
            SELECT id, name, counties, fee_basis_points, valid_from, valid_to, stands_from, $2
            FROM fee_programme
            WHERE id = $1
            """;

    private static final String STORED = """
            SELECT id, name, counties, fee_basis_points, valid_from, valid_to
            FROM fee_programme
            WHERE id = $1
            FOR UPDATE
            """;

    private static final String FROM = """
            SELECT id, name, counties, fee_basis_points, valid_from, valid_to
            FROM fee_programme
            WHERE id >= $1
            ORDER BY id
            LIMIT $2
            """;

    /** Terms count inside their own time and, of that, while they stood. */
    private static final String COVERING = """
            SELECT id, name, counties, fee_basis_points, greatest(valid_from, stands_from) AS valid_from, valid_to
            FROM fee_programme
            WHERE counties && $1 AND (valid_to IS NULL OR valid_to > stands_from)
            UNION ALL
            SELECT id, name, counties, fee_basis_points, greatest(valid_from, stood_from), least(valid_to, stood_until)
            FROM fee_programme_replaced
            WHERE counties && $1 AND greatest(valid_from, stood_from) < least(valid_to, stood_until)
            """;

    private final Pool pool;
    private final Audit audit;

    FeeProgrammes(Pool pool, Audit audit) {
        this.pool = pool;
        this.audit = audit;
    }

    /**
     * Makes or replaces a programme, and gives it back as stored: times keep microseconds. A repeat changes nothing, and
     * leaves nothing in the audit log.
     *
     * @param by the operator
     */
    public Uni<FeeProgramme> put(FeeProgramme programme, String by) {
        return pool.withTransaction(connection -> lock(connection, programme.id())
                .chain(since -> stored(connection, programme.id())
                        .chain(before -> programme.equals(before)
                                ? Uni.createFrom().item(before)
                                : keep(connection, before, since)
                                        .chain(kept -> store(connection, programme, since))
                                        .call(after -> audit.record(
                                                connection, by, Action.FEE_PROGRAMME_SET, after.id(), terms(after))))));
    }

    /** Nobody else changes it until the caller's transaction ends; gives the time from which the change counts. */
    private static Uni<OffsetDateTime> lock(SqlConnection connection, String id) {
        return connection
                .preparedQuery(LOCK)
                .execute(Tuple.of(id))
                .map(rows -> rows.iterator().next().getOffsetDateTime("since"));
    }

    private static Uni<Void> keep(SqlConnection connection, @Nullable FeeProgramme replaced, OffsetDateTime until) {
        return replaced == null
                ? Uni.createFrom().voidItem()
                : connection
                        .preparedQuery(KEEP)
                        .execute(Tuple.of(replaced.id(), until))
                        .replaceWithVoid();
    }

    private static Uni<@Nullable FeeProgramme> stored(SqlConnection connection, String id) {
        return connection
                .preparedQuery(STORED)
                .execute(Tuple.of(id))
                .map(rows -> rows.size() == 0 ? null : programme(rows.iterator().next()));
    }

    private static Uni<FeeProgramme> store(SqlConnection connection, FeeProgramme programme, OffsetDateTime since) {
        String[] counties = programme.counties().stream().sorted().toArray(String[]::new);
        Tuple values = Tuple.from(Arrays.asList(
                programme.id(),
                programme.name(),
                counties,
                programme.feeRate().basisPoints(),
                utc(programme.from()),
                utc(programme.to()),
                since));
        return connection
                .preparedQuery(PUT)
                .execute(values)
                .map(rows -> programme(rows.iterator().next()));
    }

    /** For a person to read, complete: what the programme is replaced by later does not tell. */
    private static String terms(FeeProgramme programme) {
        return "feeBasisPoints=" + programme.feeRate().basisPoints()
                + " from=" + programme.from()
                + " to=" + Objects.requireNonNullElse(programme.to(), "-")
                + " counties=" + String.join(",", new TreeSet<>(programme.counties()))
                + " name=" + programme.name();
    }

    /** At most {@code limit} programmes in the order of their ids, beginning with this one. */
    public Uni<List<FeeProgramme>> from(String id, int limit) {
        return pool.preparedQuery(FROM).execute(Tuple.of(id, limit)).map(FeeProgrammes::programmes);
    }

    /**
     * Every programme, of any time, that names one of these counties; of one that was changed each of its terms, each
     * for as long as they stood.
     */
    public Uni<List<FeeProgramme>> covering(Collection<String> counties) {
        Tuple values = Tuple.tuple().addArrayOfString(counties.toArray(String[]::new));
        return pool.preparedQuery(COVERING).execute(values).map(FeeProgrammes::programmes);
    }

    private static List<FeeProgramme> programmes(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(FeeProgrammes::programme)
                .toList();
    }

    private static FeeProgramme programme(Row row) {
        return new FeeProgramme(
                row.getString("id"),
                row.getString("name"),
                Set.copyOf(List.of(row.getArrayOfStrings("counties"))),
                new Rate(row.getInteger("fee_basis_points")),
                row.getOffsetDateTime("valid_from").toInstant(),
                instant(row.getOffsetDateTime("valid_to")));
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant time) {
        return time == null ? null : time.atOffset(ZoneOffset.UTC);
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
