package io.livesale.payout.audit;

import io.livesale.payout.Audit.Action;
import io.livesale.payout.Conditions;
import io.livesale.payout.InvalidField;
import io.livesale.payout.Page;
import io.livesale.payout.PageRequest;
import io.livesale.payout.Printable;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/audit")
@RolesAllowed("operator")
@Tag(name = "Audit", description = "Who did what. Entries are added with what they tell, and never change.")
class AuditResource {
    private static final String BEFORE = """
            SELECT id, recorded_at, actor, action, subject, detail
            FROM audit_entry
            WHERE %s
            ORDER BY id DESC
            LIMIT %d
            """;

    private final Pool pool;

    AuditResource(Pool pool) {
        this.pool = pool;
    }

    @GET
    @Operation(
            summary = "Look up the audit log",
            description =
                    "Newest first; actor, action and subject narrow it down, each to what equals it. Decisions about"
                            + " creators are catalog-service's, at /creators/{id}/verifications.")
    public Uni<Page<AuditEntry>> list(
            @Parameter(description = "A user id.") @QueryParam("actor") @Size(max = 128) @Printable @Nullable String actor,
            @Parameter(description = "One of those listed when it is none.", example = "PAYOUT_HELD")
                    @QueryParam("action")
                    @Nullable String action,
            @Parameter(description = "What it was done to.")
                    @QueryParam("subject")
                    @Size(max = 128) @Printable
                    @Nullable String subject,
            @Parameter(description = "1 to 200, 50 unless said.") @QueryParam("limit") @Nullable String limit,
            @Parameter(description = "nextCursor of the page before.") @QueryParam("cursor") @Nullable String cursor) {
        PageRequest<Long> asked = PageRequest.parse(limit, cursor, AuditResource::entryId);
        Conditions conditions = new Conditions()
                .and("id < $%d", Objects.requireNonNullElse(asked.after(), Long.MAX_VALUE))
                .andIf("actor = $%d", given(actor))
                .andIf("action = $%d", action(given(action)))
                .andIf("subject = $%d", given(subject));
        return pool.preparedQuery(BEFORE.formatted(conditions.where(), asked.rowsToFetch()))
                .execute(conditions.values())
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(AuditEntry::of)
                        .toList())
                .map(found -> Page.of(asked, found, AuditEntry::entryId, Function.identity()));
    }

    private static Long entryId(String cursor) {
        long id = Long.parseLong(cursor);
        if (id < 1) {
            throw new IllegalArgumentException("not the id of an entry");
        }
        return id;
    }

    /** An empty parameter is as good as none. */
    private static @Nullable String given(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }

    private static @Nullable String action(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return Action.valueOf(text).name();
        } catch (IllegalArgumentException e) {
            String all = Stream.of(Action.values()).map(Action::name).collect(Collectors.joining(", "));
            throw new InvalidField("action", "must be one of " + all);
        }
    }
}
