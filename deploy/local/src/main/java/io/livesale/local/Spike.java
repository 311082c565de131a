package io.livesale.local;

import io.livesale.stack.PlainLogging;
import java.net.URI;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The storm behind {@code deploy/local/spike}, whose header says what each option does. */
@Command(name = "deploy/local/spike")
final class Spike implements Callable<Integer> {
    private static final int MAX_CROWD = 1_000_000;
    private static final int MAX_UNITS = 1_000_000;
    private static final int MAX_CONCURRENCY = 4096;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--orders")
    private int orders = 5000;

    @Option(names = "--buyers")
    private int buyers = 3000;

    @Option(names = "--offer")
    private @Nullable String offer;

    @Option(names = "--units")
    private @Nullable Integer units;

    @Option(names = "--quantity")
    private int quantity = 1;

    @Option(names = "--concurrency")
    private int concurrency = 128;

    @Option(names = "--pay-percent")
    private int payPercent = 0;

    @Option(names = "--seed")
    private long seed = 1;

    @Option(names = "--url")
    private String url = "http://localhost:8080";

    public static void main(String[] arguments) {
        PlainLogging.toStandardError();
        System.exit(OneLine.commandLine(new Spike()).execute(arguments));
    }

    @Override
    public Integer call() {
        requireRange("--orders", orders, 1, MAX_CROWD);
        requireRange("--buyers", buyers, 1, MAX_CROWD);
        require(units == null || offer == null, "--units opens an offer, and --offer names one: not both");
        requireRange("--units", units == null ? 1 : units, 1, MAX_UNITS);
        requireRange("--quantity", quantity, 1, Integer.MAX_VALUE);
        requireRange("--concurrency", concurrency, 1, MAX_CONCURRENCY);
        requireRange("--pay-percent", payPercent, 0, 100);
        require(offer == null || offer.matches("[0-9a-fA-F-]{36}"), "--offer must be an offer's id");
        String origin = origin(url);
        Api api = new Api(origin);
        SpikeTarget target = target(api);
        System.out.printf(
                "Storming \"%s\" (%s): %d presses by %d viewers, %d at a time%n",
                target.title(), target.offerId(), orders, buyers, concurrency);

        Storm.Options options = new Storm.Options(orders, buyers, quantity, concurrency, payPercent, seed);
        boolean terminal = Boolean.getBoolean("livesale.terminal");
        try (Storm storm = new Storm(options, origin, target, System.out, terminal)) {
            if (!storm.run()) {
                throw new CannotStart("it does not add up, see the lines marked WRONG");
            }
        }
        System.out.println("  Nothing was lost, nothing was oversold.");
        return 0;
    }

    private SpikeTarget target(Api api) {
        if (units != null) {
            return SpikeTarget.opened(api, units);
        }
        return offer == null ? SpikeTarget.pinned(api) : SpikeTarget.named(api, offer);
    }

    private void requireRange(String option, int value, int least, int most) {
        require(value >= least && value <= most, "%s must be between %d and %d".formatted(option, least, most));
    }

    private void require(boolean holds, String rule) {
        if (!holds) {
            throw new ParameterException(Objects.requireNonNull(spec).commandLine(), rule);
        }
    }

    private String origin(String url) {
        require(
                url.matches("https?://[A-Za-z0-9.:\\[\\]-]+/?")
                        && URI.create(url).getHost() != null,
                "--url must look like http://localhost:8080");
        return url.replaceAll("/$", "");
    }
}
