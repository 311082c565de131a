package io.livesale.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A goal and what was measured against it: ratios, because they hold on other machines too, and limits.
 *
 * @param atLeast whether more is better
 * @param form how its figures are written, {@code %.0f %%}
 */
record Goal(String what, double goal, double measured, boolean atLeast, String form) {
    private static final double PERCENT = 100;

    /** The goals whose figures were measured in this run. */
    static List<Goal> of(Results results) {
        List<Goal> goals = new ArrayList<>();
        ratio(results, Figure.INTAKE, Figure.CEILING)
                .ifPresent(ratio -> goals.add(share("intake ÷ no-op ceiling", 75, ratio)));
        results.figure(Figure.HALF_LOAD_P99)
                .ifPresent(p99 -> goals.add(new Goal("accept p99 at half load", 25, p99.value(), false, "%.1f ms")));
        ratio(results, Figure.SUSTAINED_HOT, Figure.CEILING_BESIDE)
                .ifPresent(ratio -> goals.add(share("whole pipeline, one hot offer, ÷ no-op ceiling", 40, ratio)));
        ratio(results, Figure.BACKLOG_HOT, Figure.FLOOR)
                .ifPresent(ratio -> goals.add(new Goal(
                        "decided from a backlog, one hot offer, ÷ one transaction per order",
                        15,
                        ratio,
                        true,
                        "%.1f ×")));
        ratio(results, Figure.BACKLOG_HOT, Figure.OWN_WRITES)
                .ifPresent(ratio -> goals.add(
                        share("decided from a backlog, one hot offer, ÷ PostgreSQL with the same writes", 50, ratio)));
        ratio(results, Figure.MANY_STORED, Figure.FEW_STORED)
                .ifPresent(ratio -> goals.add(share("most orders stored ÷ fewest, accepted and decided", 90, ratio)));
        ratio(results, Figure.OVERLOADED, Figure.BEFORE_OVERLOAD)
                .ifPresent(ratio -> goals.add(share("accepted at 3 × the sustained rate ÷ at that rate", 80, ratio)));
        results.figure(Figure.OVERLOAD_P99)
                .ifPresent(p99 -> goals.add(
                        new Goal("any answer at 3 × the sustained rate, p99", 1000, p99.value(), false, "%.0f ms")));
        results.figure(Figure.OVERLOAD_LOST)
                .ifPresent(lost -> goals.add(new Goal(
                        "then neither accepted nor told when to come back", 0, lost.value(), false, "%.0f requests")));
        results.figure(Figure.RECOVERED)
                .ifPresent(seconds ->
                        goals.add(new Goal("as before, after its end", 30, seconds.value(), false, "%.0f s")));
        results.figure(Figure.PIN_P99)
                .ifPresent(p99 -> goals.add(
                        new Goal("a pin shown to each viewer of a sale, p99", 1000, p99.value(), false, "%.0f ms")));
        ratio(results, Figure.POSTED, Figure.POSTED_ONE_BY_ONE)
                .ifPresent(ratio -> goals.add(
                        new Goal("paid orders posted ÷ one transaction per order", 5, ratio, true, "%.1f ×")));
        ratio(results, Figure.POSTED, Figure.POSTED_IN_BATCHES)
                .ifPresent(
                        ratio -> goals.add(share("paid orders posted ÷ PostgreSQL with the same writes", 50, ratio)));
        results.figure(Figure.VERIFIED)
                .ifPresent(seconds -> goals.add(new Goal("the ledger verified", 30, seconds.value(), false, "%.1f s")));
        results.peakMib(Actor.ORDER_SERVICE)
                .ifPresent(rss -> goals.add(new Goal("order-service's memory (RSS)", 400, rss, false, "%.0f MiB")));
        return goals;
    }

    private static Goal share(String what, double goal, double ratio) {
        return new Goal(what, goal, PERCENT * ratio, true, "%.0f %%");
    }

    private static Optional<Double> ratio(Results results, Figure part, Figure whole) {
        return results.figure(part).flatMap(above -> results.figure(whole).map(below -> above.value() / below.value()));
    }

    boolean isMet() {
        return atLeast ? measured >= goal : measured <= goal;
    }

    List<String> row() {
        return List.of(what, (atLeast ? "≥ " : "≤ ") + text(goal), text(measured), verdict());
    }

    /** By how much it is missed, as a share of the goal. */
    private String verdict() {
        return isMet()
                ? "met"
                : String.format(Locale.ROOT, "missed by %.0f %%", PERCENT * Math.abs(measured - goal) / goal);
    }

    private String text(double value) {
        return String.format(Locale.ROOT, form, value);
    }
}
