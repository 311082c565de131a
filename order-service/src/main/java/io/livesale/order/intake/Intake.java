package io.livesale.order.intake;

import io.livesale.order.CommandLog;
import io.livesale.order.LogPosition;
import io.livesale.order.OrderCommand.PlaceOrder;
import io.livesale.order.OrderSettings;
import io.livesale.order.OrderView;
import io.livesale.order.Outcomes;
import io.livesale.order.Problem;
import io.livesale.order.ProblemException;
import io.livesale.order.Receipt;
import io.livesale.order.SalesFigures;
import io.livesale.order.intake.RecentOrders.Accepted;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Accepts an order: past the door, into the log, and to its outcome for those who wait for it. */
@Singleton
class Intake {
    /** As long as deciding takes when nothing is amiss, and time to spare. */
    private static final Duration UNTIL_DECIDED = Duration.ofSeconds(2);

    private final OfferBoard board;
    private final RecentOrders recent;
    private final CommandLog log;
    private final Outcomes outcomes;
    private final IntakeMeters meters;
    private final OrderSettings.Intake settings;

    Intake(
            OfferBoard board,
            RecentOrders recent,
            CommandLog log,
            Outcomes outcomes,
            IntakeMeters meters,
            OrderSettings settings) {
        this.board = board;
        this.recent = recent;
        this.log = log;
        this.outcomes = outcomes;
        this.meters = meters;
        this.settings = settings.intake();
    }

    /** @param receipt of an order that is still in the log; a decided one needs none */
    record Answer(OrderView order, @Nullable Receipt receipt) {}

    /**
     * Places an order, or finds it was placed before.
     *
     * @param wait how long its buyer waits for the outcome; zero: not at all
     */
    Uni<Answer> place(PlaceOrder place, String idempotencyKey, Duration wait) {
        return Uni.createFrom()
                .deferred(() -> placeOrFind(place, idempotencyKey, wait))
                .onFailure(ProblemException.class)
                .invoke(refusal -> meters.turnedAway(refusal.problem()));
    }

    /** What {@link #place} would answer if accepting took no work. */
    Answer pretend(PlaceOrder place, String idempotencyKey) {
        Receipt receipt = Receipt.of(place, new LogPosition(0, 0), idempotencyKey);
        return new Answer(OrderView.received(place.orderId(), receipt, 0), receipt);
    }

    private Uni<Answer> placeOrFind(PlaceOrder place, String idempotencyKey, Duration wait) {
        Optional<Accepted> earlier = recent.find(place.orderId());
        if (earlier.isPresent()) {
            Receipt receipt = earlier.get().receipt(place, idempotencyKey);
            return earlier.get().isSameAs(place) ? repeat(place, receipt, wait) : tellApart(place, receipt, wait);
        }
        if (board.find(place.offerId()).filter(SalesFigures::isOnSale).isPresent()) {
            return answer(place, append(place, idempotencyKey), wait);
        }
        return admit(place)
                .chain(found -> found.isPresent()
                        ? Uni.createFrom().item(decided(place, found.get()))
                        : answer(place, append(place, idempotencyKey), wait));
    }

    /** A repeat is answered like the first time; whoever waits may find the order decided already. */
    private Uni<Answer> repeat(PlaceOrder place, Receipt receipt, Duration wait) {
        Uni<Receipt> known = Uni.createFrom().item(receipt);
        if (wait.isZero()) {
            return answer(place, known, wait);
        }
        Door.leave();
        return outcomes.find(place.orderId())
                .chain(outcome -> outcome.isPresent()
                        ? Uni.createFrom().item(decided(place, outcome.get()))
                        : answer(place, known, wait));
    }

    /**
     * Another order came here under this one's key. Which of them came first, maybe elsewhere, only their outcome tells.
     */
    private Uni<Answer> tellApart(PlaceOrder place, Receipt receipt, Duration wait) {
        Duration patience = wait.compareTo(UNTIL_DECIDED) < 0 ? UNTIL_DECIDED : wait;
        return repeat(place, receipt, patience)
                // News of an outcome say nothing of the address.
                .chain(answer -> outcomes.find(place.orderId())
                        .map(stored ->
                                stored.map(order -> decided(place, order)).orElse(answer)));
    }

    /** Lets the order in (empty), or finds it was let in before, or turns it away. */
    private Uni<Optional<OrderView>> admit(PlaceOrder place) {
        if (refusal(board.find(place.offerId())).isPresent()) {
            // It waits for news of the offer, or for the database, without which selling goes on.
            Door.leave();
        }
        return board.await(place.offerId(), settings.unknownOfferWait()).chain(offer -> {
            Optional<ProblemException> refusal = refusal(offer);
            return refusal.isEmpty()
                    ? Uni.createFrom().item(Optional.empty())
                    : outcomes.findTurnedAway(place.orderId())
                            .map(earlier -> Optional.of(earlier.orElseThrow(refusal::get)));
        });
    }

    private static Optional<ProblemException> refusal(Optional<SalesFigures> offer) {
        if (offer.isEmpty()) {
            return Optional.of(Problem.OFFER_UNKNOWN.because("No such offer was ever opened."));
        }
        if (!offer.get().isOpen()) {
            return Optional.of(Problem.OFFER_CLOSED.because("This offer takes no more orders."));
        }
        return offer.get().isSoldOut()
                ? Optional.of(Problem.SOLD_OUT.because("Nothing is left; units come back when reservations lapse."))
                : Optional.empty();
    }

    private Uni<Receipt> append(PlaceOrder place, String idempotencyKey) {
        // On its way it is bounded by the log; whoever is behind it need not wait for the broker.
        return log.append(place, Door::leave)
                .invoke(position -> {
                    recent.remember(place, position);
                    meters.accepted();
                })
                .map(position -> Receipt.of(place, position, idempotencyKey));
    }

    /** Listens before the order is appended, so that no outcome is too quick to be heard. */
    private Uni<Answer> answer(PlaceOrder place, Uni<Receipt> accepted, Duration wait) {
        if (wait.isZero()) {
            return accepted.map(receipt -> received(place, receipt));
        }
        Uni<Receipt> recorded = accepted.invoke(receipt -> outcomes.recorded(place.orderId(), receipt.position()));
        return Uni.combine()
                .all()
                .unis(outcomes.await(place.orderId(), wait), recorded)
                .with((outcome, receipt) ->
                        outcome.map(order -> decided(place, order)).orElseGet(() -> received(place, receipt)));
    }

    private Answer received(PlaceOrder place, Receipt receipt) {
        LogPosition position = receipt.position();
        return new Answer(OrderView.received(place.orderId(), receipt, outcomes.ahead(position)), receipt);
    }

    private static Answer decided(PlaceOrder place, OrderView order) {
        // An order as events tell it has no buyer and no address: these are personal.
        boolean sameAddress = order.buyerId() == null || Objects.equals(order.shipTo(), place.shipTo());
        if (!order.offerId().equals(place.offerId()) || order.quantity() != place.quantity() || !sameAddress) {
            throw Problem.IDEMPOTENCY_KEY_REUSED.because("Use a new key for a new order.");
        }
        return new Answer(order, null);
    }
}
