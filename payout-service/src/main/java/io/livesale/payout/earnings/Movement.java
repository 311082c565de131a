package io.livesale.payout.earnings;

import io.livesale.payout.Account.Stage;
import io.livesale.payout.Money;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A transaction of the ledger as one person sees it. */
record Movement(
        @Schema(description = "The ledger's number of the transaction.")
        String movementId,

        @Schema(description = "What happened to the money.", examples = "SALE")
        String kind,

        @Nullable UUID orderId,
        @Nullable UUID payoutId,

        @Schema(description = "When the ledger took it, which decides about its month.")
        Instant bookedAt,

        @Schema(description = "When it happened.") Instant occurredAt,

        @Schema(description = "What it adds to the amount that is owed to the caller; 0 where money only moves on.")
        Money change,

        @Schema(description = "What is owed to the caller after it: pending, available, reserved and in transit.")
        Money balance,

        @Schema(description = "What it adds to each stage, those it touches.")
        List<Move> moves) {

    @Schema(name = "MoveOfStage")
    record Move(Stage stage, Money amount) {}

    /** What the movement adds to one stage, in minor units. */
    long in(Stage stage) {
        return moves.stream()
                .filter(move -> move.stage() == stage)
                .mapToLong(move -> move.amount().amount())
                .sum();
    }
}
