package io.livesale.payout.posting;

import io.livesale.payout.DataFault;
import io.livesale.payout.PayoutSettings;
import io.livesale.payout.posting.Reading.Told;
import io.livesale.payout.posting.Reading.Unreadable;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Takes a step for a whole batch, for as long as it takes. A fault of the database is waited out, for failing would
 * close the consumer until a restart. Data that is refused is found by halving the batch, so that it never holds up its
 * neighbours.
 */
@ApplicationScoped
class Halving {
    private static final Logger LOG = Logger.getLogger(Halving.class);

    private final PayoutSettings settings;

    Halving(PayoutSettings settings) {
        this.settings = settings;
    }

    /** Something that is done for all of them or for none; gives back those that it found wrong by itself. */
    interface Step {
        Uni<List<Unreadable>> take(List<Told> told);
    }

    /** Takes the step for all but what is refused, and gives that back. */
    Uni<List<Unreadable>> take(List<Told> told, Step step) {
        if (told.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        return Uni.createFrom()
                .deferred(() -> step.take(told))
                .onFailure(fault -> !DataFault.is(fault))
                .invoke(fault -> LOG.warnf("posting waits records=%d reason=%s", told.size(), fault))
                .onFailure(fault -> !DataFault.is(fault))
                .retry()
                .withBackOff(settings.firstRetry(), settings.longestRetry())
                .indefinitely()
                .onFailure(DataFault::is)
                .recoverWithUni(fault -> takeHalves(told, step, fault));
    }

    private Uni<List<Unreadable>> takeHalves(List<Told> told, Step step, Throwable fault) {
        if (told.size() == 1) {
            return Uni.createFrom().item(List.of(told.get(0).refused("the ledger refuses it: " + fault.getMessage())));
        }
        int half = told.size() / 2;
        return take(told.subList(0, half), step)
                .flatMap(first -> take(told.subList(half, told.size()), step)
                        .map(second ->
                                Stream.concat(first.stream(), second.stream()).toList()));
    }
}
