package io.livesale.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** Repeats a round: first until it is warm, then for the figures. Warm-up rounds are never part of a figure. */
final class Rounds {
    /** Warm: this many rounds in a row differ by no more than this share of their median … */
    static final int AGREEING = 3;

    static final double AGREEMENT = 0.10;

    /** … and compiling takes no more than this share of the process's CPU: what waits for the compiler is evenly slow. */
    static final double COMPILING = 0.10;

    private final int most;
    private final int measured;
    private final Progress progress;
    private final Results results;

    Rounds(Plan plan, Progress progress, Results results) {
        this.most = plan.mostWarmUps();
        this.measured = plan.rounds();
        this.progress = progress;
        this.results = results;
    }

    /**
     * For a process that has just started, or gets other work to do.
     *
     * @param pid of the process
     * @param round returns its orders per second
     */
    void warmUp(String what, long pid, Supplier<Double> round) {
        List<Double> rates = new ArrayList<>();
        boolean warm = false;
        while (!warm && rates.size() < most) {
            double usedBefore = Proc.cpuSeconds(pid);
            double compiledBefore = Proc.compilerSeconds(pid);
            rates.add(round.get());
            double compiling = (Proc.compilerSeconds(pid) - compiledBefore) / (Proc.cpuSeconds(pid) - usedBefore);
            warm = agree(rates) && compiling <= COMPILING;
            progress.say(
                    "  %s, warm-up: %,.0f/s, compiling %.0f %%", what, rates.get(rates.size() - 1), 100 * compiling);
        }
        if (!warm) {
            results.problem("%s: not warm after %d rounds".formatted(what, rates.size()));
        }
    }

    static boolean agree(List<Double> rates) {
        if (rates.size() < AGREEING) {
            return false;
        }
        List<Double> last = rates.subList(rates.size() - AGREEING, rates.size());
        Median median = Median.of(last, Double::doubleValue);
        return median.value() > 0 && median.spread() <= AGREEMENT;
    }

    /**
     * For rates, which are doubtful where rounds do not agree.
     *
     * @param figure what to tell of each round
     */
    <T> List<T> measure(String what, String unit, Supplier<T> round, ToDoubleFunction<T> figure) {
        List<T> rounds = repeat(what, unit, round, figure);
        requireAgreement(what, rounds, figure);
        return rounds;
    }

    /** What does not agree is told with the results. */
    <T> void requireAgreement(String what, List<T> rounds, ToDoubleFunction<T> figure) {
        double spread = Median.of(rounds, figure).spread();
        if (!(spread <= AGREEMENT)) {
            results.problem("%s: rounds lie %.0f %% apart".formatted(what, 100 * spread));
        }
    }

    /** For times, which differ more by their nature. */
    <T> List<T> repeat(String what, String unit, Supplier<T> round, ToDoubleFunction<T> figure) {
        List<T> rounds = new ArrayList<>();
        while (rounds.size() < measured) {
            rounds.add(round.get());
            tell(what, rounds.size(), figure.applyAsDouble(rounds.get(rounds.size() - 1)), unit);
        }
        return rounds;
    }

    void tell(String what, int round, double figure, String unit) {
        progress.say("  %s, round %d: %,.0f%s", what, round, figure, unit);
    }
}
