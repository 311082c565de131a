package io.livesale.benchmark;

/** What a load was answered and what that cost. */
record Round(Answers answers, Usage usage) {
    /** Sends a load at a system, and counts what was accepted and what was not. */
    static Round run(SystemUnderTest system, Load load, Pace pace, Requests requests, Results results) {
        Meter meter = Meter.start(system.processes());
        Answers answers = load.run(pace, requests);
        Round round = new Round(answers, meter.stop());
        answers.problems().ifPresent(results::problem);
        return round;
    }

    double perSecond() {
        return answers.perSecond();
    }

    double millis(double percentile) {
        return answers.millis(percentile);
    }

    Cost.Spent spent() {
        return new Cost.Spent(usage, answers.accepted());
    }
}
