package io.livesale.payout.earnings;

import io.livesale.payout.Account.Stage;
import java.util.List;
import java.util.stream.Collectors;

/** Movements as CSV; see {@link Csv}. Amounts are minor units, as in JSON; the currency has its own column. */
final class MovementCsv {
    static final String HEADER = "movementId,kind,orderId,payoutId,bookedAt,occurredAt,currency,pending,available,"
            + "reserved,inTransit,paid,change,balance\r\n";

    private MovementCsv() {}

    static String lines(List<Movement> movements) {
        return movements.stream().map(MovementCsv::line).collect(Collectors.joining());
    }

    private static String line(Movement movement) {
        return Csv.line(
                movement.movementId(),
                movement.kind(),
                movement.orderId(),
                movement.payoutId(),
                movement.bookedAt(),
                movement.occurredAt(),
                movement.change().currency(),
                movement.in(Stage.PENDING),
                movement.in(Stage.AVAILABLE),
                movement.in(Stage.RESERVED),
                movement.in(Stage.IN_TRANSIT),
                movement.in(Stage.PAID),
                movement.change().amount(),
                movement.balance().amount());
    }
}
