package io.livesale.e2e.faults;

import java.util.List;
import java.util.Optional;
import org.jboss.byteman.agent.submit.ScriptText;
import org.jboss.byteman.agent.submit.Submit;

/**
 * A place in a service's code where its process can be made to end, as if the power went just there. The rule is put into
 * the running process by its Byteman agent; the code itself knows nothing of it.
 *
 * @param name as schedules and reports call it
 * @param service whose code it is
 * @param type and {@code method}: it ends before the method's first statement
 * @param condition on the method's arguments, in Byteman's words; {@code TRUE} where any call counts
 * @param after a method of our own that must have been entered since the last time, where {@code type} is a library's that
 *     others use, too; empty where any call counts
 */
record Failpoint(String name, String service, String type, String method, String condition, Optional<Place> after) {
    /** Entry of a method. */
    record Place(String type, String method) {}

    /** What a process ended here exits with, and otherwise never. */
    static final int EXIT = 113;

    private static final String ALWAYS = "TRUE";

    static final List<Failpoint> ALL = List.of(
            order("before-append", "log.KafkaCommandLog", "append", ALWAYS),
            order("after-append-before-answer", "intake.RecentOrders", "remember", ALWAYS),
            // All statements of a batch are sent without waiting for answers, this one last.
            new Failpoint(
                    "order.before-commit",
                    Site.ORDER,
                    "io.vertx.sqlclient.impl.QueryExecutor",
                    "executeSimpleQuery",
                    "$2.equals(\"COMMIT\")",
                    Optional.empty()),
            order("after-commit-before-send", "processing.PartitionLane", "take", ALWAYS),
            order("after-send-before-acknowledge", "processing.PartitionLane", "confirm", ALWAYS),
            order("before-refund-call", "payment.SandboxProvider", "refund", ALWAYS),
            order("after-refund-call", "payment.RefundRequests", "note", ALWAYS),
            order("before-payment-call", "payment.SandboxProvider", "open", ALWAYS),
            catalog("before-relay-send", "publishing.OutboxRound", "publish", "!$1.isEmpty()"),
            catalog("after-relay-send-before-delete", "publishing.OutboxRound", "delete", "!$2.isEmpty()"),
            new Failpoint(
                    "catalog.before-figures-commit",
                    Site.CATALOG,
                    "io.vertx.sqlclient.impl.TransactionImpl",
                    "commit",
                    ALWAYS,
                    Optional.of(new Place("io.livesale.catalog.sales.SalesBook", "moveUnits"))),
            catalog("after-figures-commit-before-acknowledge", "sales.SalesConsumer", "setAside", ALWAYS),
            // Counts what was written, which is the last before the transaction ends.
            payout("before-recording-commit", "posting.Recording$Recorded", "<init>", ALWAYS),
            payout("after-recording-before-conclusion", "posting.Concluding", "conclude", ALWAYS),
            payout("after-conclusion-before-acknowledge", "posting.OrderEvents", "setAside", ALWAYS),
            payout("before-relay-send", "publishing.OutboxRound", "publish", "!$1.isEmpty()"),
            payout("after-relay-send-before-delete", "publishing.OutboxRound", "delete", "!$2.isEmpty()"),
            payout("before-provider-call", "paying.SandboxPayoutProvider", "pay", ALWAYS),
            payout("after-provider-call-before-note", "paying.Sending", "take", ALWAYS));

    private static Failpoint order(String name, String type, String method, String condition) {
        return new Failpoint(
                "order." + name, Site.ORDER, "io.livesale.order." + type, method, condition, Optional.empty());
    }

    private static Failpoint catalog(String name, String type, String method, String condition) {
        return new Failpoint(
                "catalog." + name, Site.CATALOG, "io.livesale.catalog." + type, method, condition, Optional.empty());
    }

    private static Failpoint payout(String name, String type, String method, String condition) {
        return new Failpoint(
                "payout." + name, Site.PAYOUT, "io.livesale.payout." + type, method, condition, Optional.empty());
    }

    /**
     * Arms it in the process whose agent listens here.
     *
     * @param passing the call that ends the process, 1 for the next
     */
    void arm(int agentPort, int passing) throws Exception {
        String since = after.isPresent() ? "clear(\"%s\")".formatted(name) : ALWAYS;
        String rule = """
                RULE %1$s
                CLASS %2$s
                METHOD %3$s
                AT ENTRY
                IF %4$s && %5$s && incrementCounter("%1$s") >= %6$d
                DO traceln("failpoint %1$s"); killJVM(%7$d)
                ENDRULE
                """.formatted(name, type, method, condition, since, passing, EXIT);
        String first = after.map(place -> """
                RULE %1$s comes next
                CLASS %2$s
                METHOD %3$s
                AT ENTRY
                IF TRUE
                DO flag("%1$s")
                ENDRULE
                """.formatted(name, place.type(), place.method()))
                .orElse("");
        new Submit("localhost", agentPort).addScripts(List.of(new ScriptText(name, rule + first)));
    }

    /** Takes it back where it has not been passed. */
    void disarm(int agentPort) throws Exception {
        new Submit("localhost", agentPort).deleteAllRules();
    }
}
