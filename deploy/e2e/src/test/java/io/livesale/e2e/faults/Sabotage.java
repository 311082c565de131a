package io.livesale.e2e.faults;

import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jboss.byteman.agent.submit.ScriptText;
import org.jboss.byteman.agent.submit.Submit;

/**
 * A mistake put into a running service's code: what no fault may bring about. Never part of a schedule of faults; asked for
 * by name, the run must end with broken promises, or its checks are worth nothing.
 *
 * @param does to every third call of the method, in Byteman's words
 */
record Sabotage(String name, String service, String type, String method, String does) implements Fault {
    private static final long SECONDS = 15;

    static final List<Sabotage> ALL = List.of(
            new Sabotage(
                    "sabotage:lost-event",
                    Site.ORDER,
                    "io.livesale.order.EventSender",
                    "send",
                    "$1 = java.util.List.of()"),
            new Sabotage(
                    "sabotage:lost-command",
                    Site.ORDER_2,
                    "io.livesale.order.OrderBook",
                    "decide",
                    "RETURN java.util.List.of()"),
            new Sabotage(
                    "sabotage:lost-figures",
                    Site.CATALOG,
                    "io.livesale.catalog.sales.SalesBook",
                    "apply",
                    "$1 = $1.subList(1, $1.size())"),
            new Sabotage(
                    "sabotage:wrong-rate",
                    Site.PAYOUT,
                    "io.livesale.payout.SaleParts",
                    "ofProduct",
                    "$2 = new io.livesale.payout.Rate(1)"),
            new Sabotage(
                    "sabotage:paid-twice",
                    Site.PAYOUT,
                    "io.livesale.payout.paying.SandboxPayoutProvider",
                    "pay",
                    "$1 = java.util.UUID.randomUUID()"));

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
        Submit submit = new Submit("localhost", site.failpointPort(service));
        submit.addScripts(List.of(new ScriptText(name, rule)));
        TimeUnit.SECONDS.sleep(SECONDS);
        submit.deleteAllRules();
        return "done";
    }
}
