package io.livesale.e2e.faults;

import java.util.List;
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
 */
record Failpoint(String name, String service, String type, String method, String condition) {
    /** What a process ended here exits with, and otherwise never. */
    static final int EXIT = 113;

    private static final String ALWAYS = "TRUE";

    static final List<Failpoint> ALL = List.of(
            order("before-append", "log.KafkaCommandLog", "append", ALWAYS),
            order("after-append-before-answer", "intake.RecentOrders", "remember", ALWAYS),
            order("before-commit", "processing.BatchWrites", "write", ALWAYS),
            order("after-commit-before-send", "processing.PartitionLane", "take", ALWAYS),
            order("after-send-before-acknowledge", "processing.PartitionLane", "confirm", ALWAYS),
            order("before-refund-call", "payment.SandboxProvider", "refund", ALWAYS),
            order("after-refund-call", "payment.RefundRequests", "note", ALWAYS),
            order("before-payment-call", "payment.SandboxProvider", "open", ALWAYS),
            catalog("before-relay-send", "publishing.OutboxRound", "publish", "!$1.isEmpty()"),
            catalog("after-relay-send-before-delete", "publishing.OutboxRound", "delete", "!$2.isEmpty()"),
            catalog("before-figures-commit", "sales.SalesBook", "apply", ALWAYS),
            catalog("after-figures-commit-before-acknowledge", "sales.SalesConsumer", "setAside", ALWAYS),
            payout("before-recording-commit", "posting.Recording", "write", ALWAYS),
            payout("after-recording-before-conclusion", "posting.Concluding", "conclude", ALWAYS),
            payout("after-conclusion-before-acknowledge", "posting.OrderEvents", "setAside", ALWAYS),
            payout("before-relay-send", "publishing.OutboxRound", "publish", "!$1.isEmpty()"),
            payout("after-relay-send-before-delete", "publishing.OutboxRound", "delete", "!$2.isEmpty()"),
            payout("before-provider-call", "paying.SandboxPayoutProvider", "pay", ALWAYS),
            payout("after-provider-call-before-note", "paying.Sending", "take", ALWAYS));

    private static Failpoint order(String name, String type, String method, String condition) {
        return new Failpoint("order." + name, Site.ORDER, "io.livesale.order." + type, method, condition);
    }

    private static Failpoint catalog(String name, String type, String method, String condition) {
        return new Failpoint("catalog." + name, Site.CATALOG, "io.livesale.catalog." + type, method, condition);
    }

    private static Failpoint payout(String name, String type, String method, String condition) {
        return new Failpoint("payout." + name, Site.PAYOUT, "io.livesale.payout." + type, method, condition);
    }

    /**
     * Arms it in the process whose agent listens here.
     *
     * @param passing the call that ends the process, 1 for the next
     */
    void arm(int agentPort, int passing) throws Exception {
        String rule = """
                RULE %1$s
                CLASS %2$s
                METHOD %3$s
                AT ENTRY
                IF %4$s && incrementCounter("%1$s") >= %5$d
                DO traceln("failpoint %1$s"); killJVM(%6$d)
                ENDRULE
                """.formatted(name, type, method, condition, passing, EXIT);
        new Submit("localhost", agentPort).addScripts(List.of(new ScriptText(name, rule)));
    }

    /** Takes it back where it has not been passed. */
    void disarm(int agentPort) throws Exception {
        new Submit("localhost", agentPort).deleteAllRules();
    }
}
