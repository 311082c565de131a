package io.livesale.benchmark;

import io.livesale.benchmark.Chart.Bar;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The results as a page.
 *
 * @param kind what tells a short or partial run from a whole one; empty for a whole one
 * @param about machine, versions and settings
 * @param findings written by hand, taken over as they are
 */
record Report(String kind, Instant at, Map<String, String> about, Results results, String findings) {
    static final String CHART = "RESULTS.svg";

    String markdown() {
        return Stream.of(
                        "# Results",
                        "Written by `deploy/benchmark/run`; what is changed here by hand is lost. "
                                + "How it is measured and how to read it: [README](README.md).",
                        kind.isEmpty() ? "" : "**" + kind + "**",
                        chart().isPresent() ? "![orders per second](" + CHART + ")" : "",
                        "## Goals",
                        goals().markdown(),
                        "## Figures",
                        "Medians of the rounds, in brackets the least and the most of them.",
                        results.sections().stream().map(Section::markdown).collect(Collectors.joining("\n")),
                        results.costs().isEmpty() ? "" : costs().markdown(),
                        "## What was odd",
                        problems(),
                        "## Machine and settings",
                        settings().markdown(),
                        "## What was found",
                        findings)
                .filter(block -> !block.isBlank())
                .map(String::strip)
                .collect(Collectors.joining("\n\n", "", "\n"));
    }

    Table goals() {
        return new Table(
                List.of("goal", "asked", "measured", ""),
                Goal.of(results).stream().map(Goal::row).toList());
    }

    /** Orders per second, side by side; empty when none was measured. */
    Optional<Chart> chart() {
        List<Bar> bars = Stream.of(
                        bar("no-op POST, the ceiling of HTTP", Figure.CEILING, false),
                        bar("accepting alone, one hot offer", Figure.INTAKE, true),
                        bar("accepting and deciding, one hot offer", Figure.SUSTAINED_HOT, true),
                        bar("accepting and deciding, many offers", Figure.SUSTAINED_MANY, true),
                        bar("deciding a backlog, one hot offer", Figure.BACKLOG_HOT, true),
                        bar("deciding a backlog, many offers", Figure.BACKLOG_MANY, true),
                        bar("PostgreSQL alone, the same writes", Figure.OWN_WRITES, false),
                        bar("one transaction per order", Figure.FLOOR, false),
                        bar("posting paid orders", Figure.POSTED, true),
                        bar("PostgreSQL alone, the same postings", Figure.POSTED_IN_BATCHES, false),
                        bar("one transaction per paid order", Figure.POSTED_ONE_BY_ONE, false))
                .flatMap(Optional::stream)
                .toList();
        return bars.isEmpty() ? Optional.empty() : Optional.of(new Chart("Orders per second", bars));
    }

    private Optional<Bar> bar(String label, Figure figure, boolean ours) {
        return results.figure(figure).map(median -> new Bar(label, median, ours));
    }

    private Section costs() {
        List<String> head = new ArrayList<>(List.of("CPU s per 1,000 orders · MiB"));
        Arrays.stream(Actor.values()).map(Actor::label).forEach(head::add);
        head.add("cores busy with anything else");
        return new Section(
                "CPU and memory",
                """
                CPU seconds each process used for 1,000 requests, and the most memory it held (resident; PostgreSQL's processes
                together, shared pages once).
                """,
                new Table(head, results.costs().stream().map(Report::row).toList()));
    }

    private static List<String> row(Cost cost) {
        List<String> row = new ArrayList<>(List.of(cost.of()));
        for (Actor actor : Actor.values()) {
            row.add(
                    cost.uses(actor)
                            ? "%s · %s"
                                    .formatted(
                                            Median.number(
                                                    cost.cpuSecondsPer1000(actor)
                                                            .value(),
                                                    3),
                                            Median.number(cost.peakMib(actor), 0))
                            : "–");
        }
        row.add(Median.number(cost.otherCores().value(), 2));
        return row;
    }

    private String problems() {
        return results.problems().isEmpty()
                ? "Nothing: every request was accepted, every order decided, and rounds agree within 10 %."
                : results.problems().stream().map(problem -> "- " + problem).collect(Collectors.joining("\n"));
    }

    private Table settings() {
        List<List<String>> rows = new ArrayList<>(
                List.of(List.of("date", at.truncatedTo(ChronoUnit.MINUTES).toString())));
        about.forEach((what, value) -> rows.add(List.of(what, value)));
        return new Table(List.of("", ""), rows);
    }
}
