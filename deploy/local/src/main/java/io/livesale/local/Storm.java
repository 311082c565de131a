package io.livesale.local;

import io.livesale.local.Press.Viewer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** One storm on one offer, phase by phase, and the verdict. */
final class Storm {
    /** The offer's figures follow the outcomes within moments; after ten seconds they are wrong. */
    private static final int LOOKS = 50;

    private static final long PAUSE_MILLIS = 200;

    private final Options options;
    private final Api api;
    private final SpikeTarget target;
    private final PrintStream out;
    private final Bar bar;
    private final SpikeApi calls;
    private final Crowd crowd;
    private final Follower follower;

    /**
     * How hard.
     *
     * @param concurrency presses under way at a time
     * @param payPercent of the reserved orders
     */
    record Options(int orders, int buyers, int quantity, int concurrency, int payPercent, long seed) {}

    Storm(Options options, String origin, SpikeTarget target, PrintStream out, boolean terminal) {
        Vertx vertx = Vertx.vertx();
        this.options = options;
        this.api = new Api(origin);
        this.target = target;
        this.out = out;
        this.bar = new Bar(vertx, out, terminal);
        this.calls = new SpikeApi(vertx, origin, options.concurrency() + Follower.LANES);
        this.crowd = new Crowd(calls, options.concurrency());
        this.follower = new Follower(calls);
    }

    /** Returns whether everything added up. */
    boolean run() {
        List<Press> presses = presses(bar.show("viewers", options.buyers(), crowd::steps, () -> crowd.signIn(names())));
        press(presses);
        pay(presses);
        SpikeReport report = new SpikeReport(target, options.quantity(), presses);
        report.figures(out, crowd, calls.repeats());
        List<SpikeReport.Check> checks = report.checks(crowd, settledAvailability(report));
        out.println();
        checks.forEach(check -> out.printf("  %-6s %s%n", check.holds() ? "ok" : "WRONG", check.statement()));
        return checks.stream().allMatch(SpikeReport.Check::holds);
    }

    /** Asking goes on beside the pressing, as viewers do. */
    private void press(List<Press> presses) {
        List<Future<Void>> asking = new ArrayList<>();
        bar.show("presses", presses.size(), crowd::steps, () -> {
            Future<Void> buying = crowd.buy(presses, target.offerId(), options.quantity(), follower);
            asking.add(follower.run(Press::isDecided, () -> !buying.isComplete()));
            return buying;
        });
        long accepted = presses.stream().filter(Press::isAccepted).count();
        bar.show("outcomes", accepted, follower::arrivals, () -> asking.get(0));
    }

    private void pay(List<Press> presses) {
        Random random = new Random(options.seed());
        List<Press> chosen = presses.stream()
                .filter(Press::isReserved)
                .filter(press -> random.nextInt(100) < options.payPercent())
                .toList();
        if (!chosen.isEmpty()) {
            bar.show("payments", chosen.size(), follower::arrivals, () -> {
                Future<Void> paying = crowd.pay(chosen, follower);
                return Future.all(paying, follower.run(Press::isPaid, () -> !paying.isComplete()));
            });
        }
    }

    private JsonObject settledAvailability(SpikeReport report) {
        JsonObject availability = api.get("/availability/" + target.offerId());
        for (int look = 1; look < LOOKS && !report.agreesWith(availability); look++) {
            calls.pause(PAUSE_MILLIS).toCompletionStage().toCompletableFuture().join();
            availability = api.get("/availability/" + target.offerId());
        }
        return availability;
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
        List<Press> presses = new ArrayList<>(IntStream.range(0, options.orders())
                .mapToObj(number -> new Press(viewers.get(number % viewers.size()), "spike-" + number))
                .toList());
        Collections.shuffle(presses, new Random(options.seed()));
        return presses;
    }
}
