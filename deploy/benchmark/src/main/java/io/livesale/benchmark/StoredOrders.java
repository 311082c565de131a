package io.livesale.benchmark;

import io.livesale.benchmark.Pipeline.Limit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** How accepting and deciding change with the number of orders stored already. */
final class StoredOrders implements Part {
    @Override
    public void measure(Lab lab, Results results) {
        Plan plan = lab.plan();
        Rounds rounds = new Rounds(plan, lab.progress(), results);
        List<List<String>> rows = new ArrayList<>();
        List<Cost> costs = new ArrayList<>();
        try (SystemUnderTest system = lab.system(plan.usualPartitions())) {
            system.startOrderService(true);
            List<UUID> hot = system.openOffers(1);
            try (Load load = system.load()) {
                Pipeline pipeline = new Pipeline(lab, results, system, load, hot);
                rounds.warmUp("stored", system.orderServicePid(), pipeline::warmUp);
                Archive archive = new Archive(system.database());
                for (long stored : plan.stored()) {
                    List<Limit> limits = rounds.measure(
                            "%,d stored".formatted(stored),
                            " orders/s",
                            () -> {
                                archive.hold(stored, lab.progress());
                                return pipeline.limit();
                            },
                            Limit::decidedPerSecond);
                    Median decided = Median.of(limits, Limit::decidedPerSecond);
                    rows.add(List.of("%,d".formatted(stored), decided.text(0)));
                    costs.add(new Cost(
                            "accepting and deciding, %,d stored".formatted(stored),
                            limits.stream().map(Limit::spent).toList()));
                    results.figure(stored == plan.fewestStored() ? Figure.FEW_STORED : Figure.MANY_STORED, decided);
                }
            }
        }
        costs.forEach(results::cost);
        results.section(new Section("Orders stored already", """
                One hot offer, at its limit as above. Each round begins with this many orders stored, or up to twice as many, and
                adds its own.
                """, new Table(List.of("stored", "decided/s"), rows)));
    }
}
