package io.livesale.local;

import io.vertx.core.json.JsonObject;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** What the storm did, and whether it adds up. */
final class SpikeReport {
    private final SpikeTarget target;
    private final int quantity;
    private final List<Press> accepted;
    private final List<Press> reserved;

    SpikeReport(SpikeTarget target, int quantity, List<Press> presses) {
        this.target = target;
        this.quantity = quantity;
        this.accepted = presses.stream().filter(Press::isAccepted).toList();
        this.reserved = accepted.stream().filter(Press::isReserved).toList();
    }

    /** One thing that must hold. */
    record Check(boolean holds, String statement) {}

    void figures(PrintStream out, Crowd crowd, long repeats) {
        Map<String, Long> rejected = accepted.stream()
                .filter(press -> press.isDecided() && !press.isReserved())
                .collect(Collectors.groupingBy(Press::reason, TreeMap::new, Collectors.counting()));
        long rejections = rejected.values().stream().mapToLong(Long::longValue).sum();
        int turnedAway =
                crowd.turnedAway().values().stream().mapToInt(Integer::intValue).sum();
        line(out, "accepted", accepted.size(), "202, in the log");
        line(out, "turned away", turnedAway, "at the door " + crowd.turnedAway());
        line(out, "repeated", repeats, "calls without a clear answer, same key again");
        line(out, "reserved", reserved.size(), "orders, " + units() + " units");
        line(out, "rejected", rejections, rejected.toString());
        line(out, "paid", reserved.stream().filter(Press::isPaid).count(), "through the sandbox");
        times(out, "accept time", accepted, Press::acceptMillis, "press to 202");
        times(out, "decide time", decided(), Press::decideMillis, "press to outcome, as the viewer saw it by asking");
    }

    /** @param availability as {@code GET /availability/{offerId}} answers now */
    List<Check> checks(Crowd crowd, JsonObject availability) {
        List<Check> checks = new ArrayList<>();
        int lost = accepted.size() - decided().size();
        checks.add(new Check(lost == 0, "no accepted order without an outcome (%d)".formatted(lost)));
        long unclear =
                decided().stream().filter(press -> !press.hasOneOutcome()).count();
        checks.add(new Check(unclear == 0, "no order with more than one outcome (%d)".formatted(unclear)));
        long orders = accepted.stream().map(Press::orderId).distinct().count();
        checks.add(new Check(
                orders == accepted.size(), "%d accepted presses are %d orders".formatted(accepted.size(), orders)));
        checks.add(new Check(!reserved.isEmpty(), "somebody got something (%d orders)".formatted(reserved.size())));
        checks.add(
                new Check(crowd.unanswered() == 0, "every press was answered (%d not)".formatted(crowd.unanswered())));
        checks.add(new Check(crowd.unpaid() == 0, "every payment went through (%d not)".formatted(crowd.unpaid())));
        target.perBuyerLimit().ifPresent(limit -> checks.add(perBuyer(limit)));
        checks.addAll(stock(availability));
        return checks;
    }

    /** Whether the offer's figures have moved by what viewers hold. */
    boolean agreesWith(JsonObject availability) {
        return taken(availability) - target.taken() == units();
    }

    private List<Check> stock(JsonObject availability) {
        long takenHere = taken(availability) - target.taken();
        List<Check> checks = new ArrayList<>();
        checks.add(new Check(
                takenHere == units(),
                "the offer's figures moved by %d units, viewers hold %d".formatted(takenHere, units())));
        target.allotment().ifPresent(allotment -> {
            long remaining = availability.getLong("remaining", -1L);
            checks.add(new Check(
                    target.taken() + units() <= allotment,
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
        long most = reserved.stream()
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

    private long units() {
        return (long) reserved.size() * quantity;
    }

    private List<Press> decided() {
        return accepted.stream().filter(Press::isDecided).toList();
    }

    private static void line(PrintStream out, String name, long value, String remark) {
        out.printf("  %-12s %7d   %s%n", name, value, remark);
    }

    private static void times(
            PrintStream out, String name, List<Press> presses, ToDoubleFunction<Press> millis, String remark) {
        double[] sorted = presses.stream().mapToDouble(millis).sorted().toArray();
        if (sorted.length > 0) {
            out.printf("  %-12s p50 %.0f ms, p99 %.0f ms   %s%n", name, at(sorted, 0.50), at(sorted, 0.99), remark);
        }
    }

    private static double at(double[] sorted, double quantile) {
        return sorted[(int) Math.ceil(quantile * sorted.length) - 1];
    }
}
