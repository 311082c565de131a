package io.livesale.e2e.faults;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jboss.byteman.agent.submit.ScriptText;
import org.jboss.byteman.agent.submit.Submit;

/**
 * A mistake put into a running service's code: what no fault may bring about. Never part of a schedule of faults; asked for
 * by name, the run must end with the promise broken, or its checks are worth nothing.
 *
 * @param does to every third call of the method, in Byteman's words
 * @param breaks how {@link Promises} calls what is broken by it
 */
record Sabotage(String name, String service, String type, String method, String does, String breaks) implements Fault {
    /** Some calls are rare: a payout has days of waiting behind it, which here are half a minute. */
    private static final Duration LONGEST = Duration.ofMinutes(3);

    private static final int TIMES = 3;
    /** What is often called is so done often: a figure that is lost may be made good by the next. */
    private static final long MORE_SECONDS = 15;

    static final List<Sabotage> ALL = List.of(
            new Sabotage(
                    "sabotage:lost-event",
                    Site.ORDER,
                    "io.livesale.order.EventSender",
                    "send",
                    "$1 = java.util.List.of()",
                    "I5: events"),
            new Sabotage(
                    "sabotage:lost-command",
                    Site.ORDER_2,
                    "io.livesale.order.OrderBook",
                    "decide",
                    "RETURN java.util.List.of()",
                    "I5: orders"),
            new Sabotage(
                    "sabotage:lost-figures",
                    Site.CATALOG,
                    "io.livesale.catalog.sales.SalesBook",
                    "apply",
                    "$1 = $1.subList(1, $1.size())",
                    "I5: figures of offers in the catalog"),
            new Sabotage(
                    "sabotage:wrong-rate",
                    Site.PAYOUT,
                    "io.livesale.payout.SaleParts",
                    "ofProduct",
                    "$2 = new io.livesale.payout.Rate(1)",
                    "I4: balances"),
            new Sabotage(
                    "sabotage:paid-twice",
                    Site.PAYOUT,
                    "io.livesale.payout.paying.SandboxPayoutProvider",
                    "pay",
                    "$1 = java.util.UUID.randomUUID()",
                    "I4: payouts at the provider"));

    @Override
    public String strike(Site site, Random random) throws Exception {
        String rule = """
                RULE %1$s
                CLASS %2$s
                METHOD %3$s
                AT ENTRY
                IF incrementCounter("%1$s") %% 3 == 0
                DO traceln("%1$s"); %4$s
                ENDRULE
                """.formatted(name, type, method, does);
        LogSince log = LogSince.now(site.log(service));
        Submit submit = new Submit("localhost", site.failpointPort(service));
        submit.addScripts(List.of(new ScriptText(name, rule)));
        try {
            if (!ProcessFaults.within(LONGEST, () -> times(log) >= TIMES)) {
                throw new NotProven("done " + times(log) + " times only");
            }
            TimeUnit.SECONDS.sleep(MORE_SECONDS);
        } finally {
            submit.deleteAllRules();
        }
        return "done " + times(log) + " times";
    }

    private long times(LogSince log) {
        return log.text().lines().filter(name::equals).count();
    }
}
