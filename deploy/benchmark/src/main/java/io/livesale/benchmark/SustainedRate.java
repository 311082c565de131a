package io.livesale.benchmark;

import io.livesale.benchmark.Pipeline.Sustained;
import java.util.ArrayList;
import java.util.List;

/** Looks for the highest rate that holds: up with short looks from where to begin, then down as far as it takes. */
final class SustainedRate {
    /** What counts as a backlog that does not grow, of the rate: a minute of it is 0.6 seconds of work. */
    static final double LEVEL = 0.01;

    /** A short look is not that sharp. */
    private static final double ABOUT_LEVEL = 0.03;

    private static final double STEP = 1.05;
    private static final int MOST_UP = 10;
    private static final int MOST_DOWN = 8;

    private final String what;
    private final Plan plan;
    private final Progress progress;
    private final Results results;
    private final Pipeline pipeline;
    private final int rounds;
    private final List<Double> ceilings = new ArrayList<>();

    /** @param rounds in which a rate must hold */
    SustainedRate(String what, Lab lab, Results results, Pipeline pipeline, int rounds) {
        this.what = what;
        this.plan = lab.plan();
        this.progress = lab.progress();
        this.results = results;
        this.pipeline = pipeline;
        this.rounds = rounds;
    }

    /** Returns the rounds at the rate found. */
    List<Sustained> search(double begin) {
        double rate = begin;
        for (int step = 0; step < MOST_UP && holdsShortly(rate); step++) {
            rate *= STEP;
        }
        List<Sustained> rounds = List.of();
        for (int step = 0; step < MOST_DOWN; step++) {
            rate /= STEP;
            rounds = rounds(rate);
            if (rounds.stream().allMatch(Sustained::holds)) {
                return rounds;
            }
        }
        results.problem("%s: no rate was found that holds, the last one tried is told".formatted(what));
        return rounds;
    }

    /** Of the no-op, just before each of the rounds found: a machine's speed changes within a run. */
    Median ceiling() {
        return Median.of(ceilings, Double::doubleValue);
    }

    private boolean holdsShortly(double rate) {
        return told(pipeline.sustained(rate, plan.round(), ABOUT_LEVEL)).holds();
    }

    /** Ends with the first that does not hold. */
    private List<Sustained> rounds(double rate) {
        List<Sustained> rounds = new ArrayList<>();
        ceilings.clear();
        boolean holds = true;
        while (holds && rounds.size() < this.rounds) {
            ceilings.add(pipeline.ceiling(plan.round()));
            Sustained round = told(pipeline.sustained(rate, plan.sustained(), LEVEL));
            rounds.add(round);
            holds = round.holds();
        }
        return rounds;
    }

    private Sustained told(Sustained round) {
        progress.say(
                "  %s, %,.0f orders/s for %.0f s: accepted %,.0f/s, decided %,.0f/s, backlog %+,.0f/s%s",
                what,
                round.rate(),
                round.answers().seconds(),
                round.answers().perSecond(),
                round.trend().decidedPerSecond(),
                round.trend().perSecond(),
                round.holds() ? "" : ", not held");
        return round;
    }
}
