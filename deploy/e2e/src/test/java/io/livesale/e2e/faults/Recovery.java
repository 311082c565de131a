package io.livesale.e2e.faults;

import io.livesale.e2e.Broker;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * Promise I7 after each single fault, before the next one can mend what it left behind: every process says that it is
 * ready, every group goes on reading, and every replica of order-service sells what is new.
 */
final class Recovery {
    /** A process is started again in seconds; with many things starting at once on a small machine, in many. */
    private static final Duration LONGEST = Duration.ofMinutes(3);

    private final Site site;
    private final Traffic traffic;

    Recovery(Site site, Traffic traffic) {
        this.site = site;
        this.traffic = traffic;
    }

    /** Waits for it; returns what did not come back in time. */
    Optional<String> await() {
        if (!ProcessFaults.within(LONGEST, site::isReady)) {
            return Optional.of("not every process is up");
        }
        for (String service : site.services()) {
            if (!ProcessFaults.within(LONGEST, () -> saysReady(service))) {
                return Optional.of(service + " is not ready");
            }
        }
        try (Broker broker = new Broker(site.bootstrapServers())) {
            Map<String, Map<TopicPartition, Long>> ends = new HashMap<>();
            Calm.GROUPS.forEach((group, topic) -> ends.put(group, broker.ends(topic)));
            for (String group : ends.keySet()) {
                if (!ProcessFaults.within(LONGEST, () -> broker.hasRead(group, ends.get(group)))) {
                    return Optional.of(group + " does not go on");
                }
            }
        }
        List<String> replicas = site.services().stream()
                .filter(service -> service.startsWith(Site.ORDER))
                .map(site::origin)
                .toList();
        return ProcessFaults.within(LONGEST, () -> sells(replicas))
                ? Optional.empty()
                : Optional.of("not every replica sells what is new");
    }

    private boolean saysReady(String service) {
        try {
            return Client.send(site.origin(service), "GET", "/q/health/ready", Map.of(), null)
                    .isDone();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean sells(List<String> replicas) {
        try {
            return traffic.isServedAt(replicas);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
