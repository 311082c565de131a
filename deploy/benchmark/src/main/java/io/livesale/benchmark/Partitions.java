package io.livesale.benchmark;

import io.livesale.benchmark.Pipeline.Limit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** How accepting and deciding change with the number of the command log's partitions. */
final class Partitions implements Part {
    @Override
    public void measure(Lab lab, Results results) {
        List<List<String>> rows = new ArrayList<>();
        for (int partitions : lab.plan().partitions()) {
            try (SystemUnderTest system = lab.system(partitions)) {
                rows.add(row(partitions, lab, results, system));
            }
        }
        results.section(new Section(
                "Partitions",
                """
                Accepting: closed load on one hot offer, the processor idle. Accepting and deciding: at its limit, as above. One
                offer always lives in one partition.
                """,
                new Table(
                        List.of(
                                "partitions",
                                "accepted/s",
                                "decided/s, one hot offer",
                                "decided/s, " + lab.plan().offers() + " offers"),
                        rows)));
    }

    private static List<String> row(int partitions, Lab lab, Results results, SystemUnderTest system) {
        Plan plan = lab.plan();
        Rounds rounds = new Rounds(plan, lab.progress(), results);
        system.startOrderService(true);
        List<UUID> hot = system.openOffers(1);
        List<UUID> many = system.openOffers(plan.offers());
        List<String> row = new ArrayList<>(List.of(Integer.toString(partitions)));
        try (Load load = system.load()) {
            String what = "partitions: %d, one hot offer".formatted(partitions);
            Pipeline one = new Pipeline(lab, results, system, load, hot);
            rounds.warmUp(what, system.orderServicePid(), one::warmUp);
            row.add(limit(what, rounds, one));
            what = "partitions: %d, %d offers".formatted(partitions, many.size());
            Pipeline wide = new Pipeline(lab, results, system, load, many);
            rounds.warmUp(what, system.orderServicePid(), wide::warmUp);
            row.add(limit(what, rounds, wide));
        }
        system.startOrderService(false);
        try (Load load = system.load()) {
            Requests orders = Requests.orders(lab.buyers(), hot);
            String what = "partitions: %d, intake".formatted(partitions);
            rounds.warmUp(
                    what,
                    system.orderServicePid(),
                    () -> Round.run(system, load, Pace.closed(plan.warmUp()), orders, results)
                            .perSecond());
            List<Round> intakes = rounds.measure(
                    what,
                    " orders/s",
                    () -> Round.run(system, load, Pace.closed(plan.round()), orders, results),
                    Round::perSecond);
            row.add(1, Median.of(intakes, Round::perSecond).text(0));
        }
        return row;
    }

    private static String limit(String what, Rounds rounds, Pipeline pipeline) {
        List<Limit> limits = rounds.measure(what, " orders/s", pipeline::limit, Limit::decidedPerSecond);
        return Median.of(limits, Limit::decidedPerSecond).text(0);
    }
}
