package io.livesale.benchmark;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** What a run has found so far. */
final class Results {
    private final Map<Figure, Median> figures = new EnumMap<>(Figure.class);
    private final List<Section> sections = new ArrayList<>();
    private final List<Cost> costs = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    void figure(Figure figure, Median median) {
        figures.put(figure, median);
    }

    /** Keeps the greater one. */
    void best(Figure figure, Median median) {
        figures.merge(figure, median, (old, fresh) -> fresh.value() > old.value() ? fresh : old);
    }

    Optional<Median> figure(Figure figure) {
        return Optional.ofNullable(figures.get(figure));
    }

    void section(Section section) {
        sections.add(section);
    }

    List<Section> sections() {
        return sections;
    }

    void cost(Cost cost) {
        costs.add(cost);
    }

    List<Cost> costs() {
        return costs;
    }

    /** MiB, the most that process held in any round. */
    OptionalDouble peakMib(Actor actor) {
        return costs.stream()
                .filter(cost -> cost.uses(actor))
                .mapToDouble(cost -> cost.peakMib(actor))
                .max();
    }

    /** Whatever makes a figure doubtful. */
    void problem(String problem) {
        problems.add(problem);
    }

    List<String> problems() {
        return problems;
    }
}
