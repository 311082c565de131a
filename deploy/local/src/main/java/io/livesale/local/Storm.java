package io.livesale.local;

import io.livesale.local.Press.Viewer;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.PrintStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** One storm on one offer, phase by phase, and the verdict. */
final class Storm implements AutoCloseable {
    /** Of so many presses one waits for its outcome: enough for a p99, few beside the crowd. */
    private static final int LEAST_SHARE = 10;

    private static final int MOST_WAITING = 1000;
    /** A sold-out offer's door looks up only a few of those it turns away at a time. */
    private static final int FEW = 4;
    /** The offer's figures follow the outcomes within moments; after ten seconds they are wrong. */
    private static final int LOOKS = 50;
    /** A backlog that is not decided by then is asked after all the same. */
    private static final int BACKLOG_LOOKS = 600;

    private static final long PAUSE_MILLIS = 200;

    private final Vertx vertx = Vertx.vertx();
    private final Options options;
    private final Api api;
    private final SpikeTarget target;
    private final PrintStream out;
    private final Bar bar;
    private final SpikeApi calls;
    private final Crowd crowd;

    /**
     * How hard.
     *
     * @param concurrency presses under way at a time
     * @param payPercent of the reserved orders
     */
    record Options(int orders, int buyers, int quantity, int concurrency, int payPercent, long seed) {}

    Storm(Options options, String origin, SpikeTarget target, PrintStream out, boolean terminal) {
        this.options = options;
        this.api = new Api(origin);
        this.target = target;
        this.out = out;
        this.bar = new Bar(vertx, out, terminal);
        this.calls = new SpikeApi(vertx, origin, options.concurrency() + MOST_WAITING);
        this.crowd = new Crowd(calls, new Follower(calls), options.concurrency());
    }

    /** Returns whether everything added up. */
    boolean run() {
        List<Press> presses = presses(bar.show("viewers", options.buyers(), crowd::steps, () -> crowd.signIn(names())));
        buy("presses", presses, options.concurrency());
        List<Press> doubtful = presses.stream().filter(Press::isDoubtful).toList();
        if (!doubtful.isEmpty()) {
            buy("in doubt", doubtful, FEW);
        }
        pay(presses);
        SpikeReport report = new SpikeReport(target, options.quantity(), presses);
        JsonObject availability = settledAvailability(presses, report);
        report.figures(out, calls.repeats());
        List<SpikeReport.Check> checks = report.checks(crowd.unpaid(), availability);
        out.println();
        checks.forEach(check -> out.printf("  %-6s %s%n", check.holds() ? "ok" : "WRONG", check.statement()));
        return checks.stream().allMatch(SpikeReport.Check::holds);
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private void buy(String phase, List<Press> presses, int atATime) {
        bar.show(
                phase,
                presses.size(),
                crowd::steps,
                () -> crowd.buy(presses, target.offerId(), options.quantity(), atATime));
        awaitDecided();
        ask("outcomes", presses.stream().filter(Press::isAccepted).toList(), outcome -> true);
    }

    private void ask(String phase, List<Press> accepted, Predicate<Outcome> arrived) {
        bar.show(phase, accepted.size(), crowd::steps, () -> crowd.ask(accepted, arrived));
    }

    /** Asking after orders that are not decided yet would only slow the deciding down. */
    private void awaitDecided() {
        long start = System.nanoTime();
        for (int look = 1; look < BACKLOG_LOOKS && availability().getLong("queueDepth", 0L) > 0; look++) {
            pause();
        }
        bar.run(crowd::noMoreWaiting);
        out.printf("  %-9s decided after %.1f s%n", "backlog", Progress.seconds(start));
    }

    private void pay(List<Press> presses) {
        Random random = new Random(options.seed());
        List<Press> chosen = presses.stream()
                .filter(press -> press.outcome().filter(Outcome::holdsUnits).isPresent())
                .filter(press -> random.nextInt(100) < options.payPercent())
                .toList();
        if (!chosen.isEmpty()) {
            bar.show("payments", chosen.size(), crowd::steps, () -> crowd.pay(chosen));
        }
    }

    /** Looks until the figures agree with what viewers hold; whose time to pay is over by then is asked once more. */
    private JsonObject settledAvailability(List<Press> presses, SpikeReport report) {
        for (int look = 1; ; look++) {
            List<Press> over = runningOut(presses);
            if (!over.isEmpty()) {
                ask("ran out", over, outcome -> !outcome.runsOut(Instant.now()));
            }
            JsonObject availability = availability();
            boolean stuck = !runningOut(over).isEmpty();
            if (report.agreesWith(availability) || stuck || look == LOOKS) {
                return availability;
            }
            look = over.isEmpty() ? look : 0;
            pause();
        }
    }

    private static List<Press> runningOut(List<Press> presses) {
        Instant now = Instant.now();
        return presses.stream()
                .filter(press ->
                        press.outcome().filter(outcome -> outcome.runsOut(now)).isPresent())
                .toList();
    }

    private JsonObject availability() {
        return api.get("/availability/" + target.offerId());
    }

    private void pause() {
        calls.pause(PAUSE_MILLIS).toCompletionStage().toCompletableFuture().join();
    }

    /** Every run has viewers of its own, so that the limit per buyer starts anew. */
    private List<String> names() {
        String run = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
        return IntStream.range(0, options.buyers())
                .mapToObj(number -> "spike-" + run + "-" + number)
                .toList();
    }

    /** Every viewer presses about as often as the others, in an order the seed decides. */
    private List<Press> presses(List<Viewer> viewers) {
        List<Integer> numbers =
                new ArrayList<>(IntStream.range(0, options.orders()).boxed().toList());
        Collections.shuffle(numbers, new Random(options.seed()));
        int share = Math.max(LEAST_SHARE, options.orders() / MOST_WAITING);
        return IntStream.range(0, options.orders())
                .mapToObj(place -> new Press(
                        viewers.get(numbers.get(place) % viewers.size()),
                        "spike-" + numbers.get(place),
                        place % share == 0))
                .toList();
    }
}
