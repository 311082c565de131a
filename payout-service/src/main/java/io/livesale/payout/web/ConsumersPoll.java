package io.livesale.payout.web;

import jakarta.inject.Singleton;
import java.lang.management.ManagementFactory;
import javax.management.AttributeNotFoundException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;

/**
 * Whether every consumer of a topic still asks for records, as Kafka's clients tell by JMX. They ask while broker or
 * database are away, too; one that does not hangs, and only another process goes on with its partitions.
 */
@Liveness
@Singleton
public class ConsumersPoll implements HealthCheck {
    static final String CONSUMERS = "kafka.consumer:type=consumer-metrics,client-id=*";
    /** Many times what a poll and the work on it take; less than after how long the broker gives a member up. */
    private static final double LONGEST_SILENCE_SECONDS = 120;

    private final double longestSilence;

    public ConsumersPoll() {
        this(LONGEST_SILENCE_SECONDS);
    }

    /** @param longestSilence seconds */
    ConsumersPoll(double longestSilence) {
        this.longestSilence = longestSilence;
    }

    /** Down names who has been silent, and for how many seconds. */
    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("consumers poll").up();
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        try {
            for (ObjectName consumer : server.queryNames(new ObjectName(CONSUMERS), null)) {
                double silence = silence(server, consumer);
                if (silence > longestSilence) {
                    response.down().withData(consumer.getKeyProperty("client-id"), (long) silence);
                }
            }
        } catch (JMException e) {
            throw new IllegalStateException(e);
        }
        return response.build();
    }

    /** Seconds; -1 of one that has not begun, and of one that is being made or closed meanwhile. */
    private static double silence(MBeanServer server, ObjectName consumer) throws JMException {
        try {
            return (double) server.getAttribute(consumer, "last-poll-seconds-ago");
        } catch (InstanceNotFoundException | AttributeNotFoundException e) {
            return -1;
        }
    }
}
