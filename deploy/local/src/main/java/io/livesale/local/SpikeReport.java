package io.livesale.local;

import io.vertx.core.json.JsonObject;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** What the storm did, and whether it adds up. */
final class SpikeReport {
    private final SpikeTarget target;
    private final int quantity;
    private final List<Press> presses;
    private final List<Press> accepted;

    SpikeReport(SpikeTarget target, int quantity, List<Press> presses) {
        this.target = target;
        this.quantity = quantity;
        this.presses = presses;
        this.accepted = presses.stream().filter(Press::isAccepted).toList();
    }

    /** One thing that must hold. */
    record Check(boolean holds, String statement) {}

    void figures(PrintStream out, long repeats) {
        Map<String, Long> turnedAway = counts(Press::refusal);
        Map<String, Long> rejected = counts(press ->
                press.outcome().filter(outcome -> !outcome.isReserved()).map(Outcome::reason));
        line(out, "accepted", accepted.size(), "in the log");
        line(out, "turned away", sum(turnedAway), "at the door " + turnedAway);
        line(out, "repeated", repeats, "calls without a clear answer, same key again");
        line(out, "reserved", reserved(), "orders, " + reserved() * quantity + " units");
        line(out, "rejected", sum(rejected), rejected.toString());
        line(out, "paid", count(Outcome::isPaid), "through the sandbox");
        line(out, "ran out", ranOut(), "reservations, unpaid within the payment window; their units are on sale again");
        times(out, "accept time", press -> !press.waits, Press::acceptMillis, "press to 202");
        times(out, "decide time", press -> press.waits, Press::decideMillis, "press to outcome, of viewers who waited");
    }

    /** @param availability as {@code GET /availability/{offerId}} answers now */
    List<Check> checks(int unpaid, JsonObject availability) {
        List<Check> checks = new ArrayList<>();
        long lost = accepted.size() - count(outcome -> true);
        checks.add(new Check(lost == 0, "no accepted order without an outcome (%d)".formatted(lost)));
        long unclear = count(outcome -> outcome.decisions() != 1);
        checks.add(new Check(unclear == 0, "no order with more than one outcome (%d)".formatted(unclear)));
        long orders = accepted.stream().map(Press::orderId).distinct().count();
        checks.add(new Check(
                orders == accepted.size(), "%d accepted presses are %d orders".formatted(accepted.size(), orders)));
        checks.add(new Check(reserved() > 0, "somebody got something (%d orders)".formatted(reserved())));
        long unanswered = presses.size() - accepted.size() - sum(counts(Press::refusal));
        checks.add(new Check(unanswered == 0, "every press was answered (%d not)".formatted(unanswered)));
        checks.add(new Check(unpaid == 0, "every payment went through (%d not)".formatted(unpaid)));
        target.perBuyerLimit().ifPresent(limit -> checks.add(perBuyer(limit)));
        checks.addAll(stock(availability));
        return checks;
    }

    /** Whether the offer's figures have moved by what viewers hold. */
    boolean agreesWith(JsonObject availability) {
        return taken(availability) - target.taken() == unitsHeld();
    }

    private List<Check> stock(JsonObject availability) {
        long takenHere = taken(availability) - target.taken();
        List<Check> checks = new ArrayList<>();
        checks.add(new Check(
                takenHere == unitsHeld(),
                "the offer's figures moved by %d units, viewers hold %d, if nobody else bought meanwhile"
                        .formatted(takenHere, unitsHeld())));
        target.allotment().ifPresent(allotment -> {
            long remaining = availability.getLong("remaining", -1L);
            checks.add(new Check(
                    target.taken() + unitsHeld() <= allotment,
                    "no more than %d units are given away".formatted(allotment)));
            checks.add(new Check(
                    remaining >= 0 && remaining + taken(availability) == allotment,
                    "%d allotted = %d remaining + %d reserved + %d sold"
                            .formatted(
                                    allotment,
                                    remaining,
                                    availability.getLong("reserved", 0L),
                                    availability.getLong("sold", 0L))));
        });
        return checks;
    }

    private Check perBuyer(int limit) {
        long most = accepted.stream()
                .filter(press -> press.outcome().filter(Outcome::holdsUnits).isPresent())
                .collect(Collectors.groupingBy(press -> press.viewer.name(), Collectors.counting()))
                .values()
                .stream()
                .mapToLong(orders -> orders * quantity)
                .max()
                .orElse(0);
        return new Check(most <= limit, "nobody holds more than %d units (at most %d)".formatted(limit, most));
    }

    private static long taken(JsonObject availability) {
        return availability.getLong("reserved", 0L) + availability.getLong("sold", 0L);
    }

    private long reserved() {
        return count(Outcome::isReserved);
    }

    private long ranOut() {
        return count(outcome -> outcome.isReserved() && !outcome.holdsUnits());
    }

    private long unitsHeld() {
        return count(Outcome::holdsUnits) * quantity;
    }

    private long count(Predicate<Outcome> which) {
        return accepted.stream()
                .filter(press -> press.outcome().filter(which).isPresent())
                .count();
    }

    private Map<String, Long> counts(Function<Press, Optional<String>> name) {
        return presses.stream()
                .flatMap(press -> name.apply(press).stream())
                .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    private static void line(PrintStream out, String name, long value, String remark) {
        out.printf("  %-12s %7d   %s%n", name, value, remark);
    }

    private void times(
            PrintStream out, String name, Predicate<Press> whose, ToDoubleFunction<Press> millis, String remark) {
        double[] sorted =
                accepted.stream().filter(whose).mapToDouble(millis).sorted().toArray();
        if (sorted.length > 0) {
            out.printf(
                    "  %-12s p50 %.0f ms, p99 %.0f ms   %s (%d)%n",
                    name, at(sorted, 0.50), at(sorted, 0.99), remark, sorted.length);
        }
    }

    private static double at(double[] sorted, double quantile) {
        return sorted[(int) Math.ceil(quantile * sorted.length) - 1];
    }
}
