package io.livesale.payout.posting;

import io.livesale.payout.FeeProgrammes;
import io.livesale.payout.FeeSchedule;
import io.livesale.payout.OrderPaid;
import io.livesale.payout.PayoutSettings;
import io.livesale.payout.Rate;
import io.livesale.payout.Sale;
import io.livesale.payout.posting.Reading.Told;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes sales of paid orders, with the fee programmes that stood when they were paid: one statement for a batch. */
@ApplicationScoped
class Pricing {
    private final PayoutSettings settings;
    private final FeeProgrammes programmes;

    Pricing(PayoutSettings settings, FeeProgrammes programmes) {
        this.settings = settings;
        this.programmes = programmes;
    }

    /** A sale for each payment among what is told. */
    Uni<List<Sale>> price(List<Told> told) {
        List<Paid> paid = new ArrayList<>();
        for (Told one : told) {
            if (one.event() instanceof OrderPaid order) {
                paid.add(new Paid(one.cause(), order));
            }
        }
        return paid.isEmpty() ? Uni.createFrom().item(List.of()) : priced(paid);
    }

    private record Paid(String cause, OrderPaid order) {}

    private Uni<List<Sale>> priced(List<Paid> paid) {
        Set<String> counties = paid.stream()
                .map(payment -> payment.order().county())
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        return programmes
                .covering(counties)
                .map(covering -> new FeeSchedule(new Rate(settings.standardFeeBasisPoints()), covering))
                .map(schedule -> paid.stream()
                        .map(payment -> Sale.of(payment.cause(), payment.order(), schedule))
                        .toList());
    }
}
