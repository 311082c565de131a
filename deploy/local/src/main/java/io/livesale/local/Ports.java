package io.livesale.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Ports in a row, all on loopback: the gateway's and those behind it. Derived from the gateway's, so that two systems
 * can run side by side and a service under {@code mvn quarkus:dev} knows where Kafka and PostgreSQL are. Further
 * replicas of order-service come last, and after them those of payout-service: no number changes with how many there
 * are.
 *
 * @param gateway 1 to 65530, less for further replicas
 * @param orderReplicas 1 to {@link #MOST_REPLICAS}
 * @param payoutReplicas likewise
 */
record Ports(int gateway, int orderReplicas, int payoutReplicas) {
    static final int MOST_REPLICAS = 4;

    private static final int LAST = 65535;

    Ports {
        requireReplicas("--order-replicas", orderReplicas);
        requireReplicas("--payout-replicas", payoutReplicas);
        int behind = 4 + (payoutReplicas > 1 ? MOST_REPLICAS - 1 + payoutReplicas : orderReplicas);
        if (gateway < 1 || gateway > LAST - behind) {
            throw new CannotStart(
                    "--port must be between 1 and %d (the next %d are used too)".formatted(LAST - behind, behind));
        }
    }

    /** The port of the service's first replica. */
    int of(Service service) {
        return gateway + 1 + service.ordinal();
    }

    int kafka() {
        return gateway + 4;
    }

    int postgres() {
        return gateway + 5;
    }

    /** What people and webhooks call. */
    String origin() {
        return "http://localhost:" + gateway;
    }

    /** Every process of every service, further ones last. */
    List<Replica> replicas() {
        Stream<Replica> first = Arrays.stream(Service.values()).map(service -> new Replica(service, 1, of(service)));
        Stream<Replica> further = Stream.concat(
                further(Service.ORDER, orderReplicas, postgres()),
                further(Service.PAYOUT, payoutReplicas, postgres() + MOST_REPLICAS - 1));
        return Stream.concat(first, further).toList();
    }

    private static Stream<Replica> further(Service service, int replicas, int before) {
        return IntStream.rangeClosed(2, replicas).mapToObj(number -> new Replica(service, number, before + number - 1));
    }

    private static void requireReplicas(String option, int replicas) {
        if (replicas < 1 || replicas > MOST_REPLICAS) {
            throw new CannotStart(option + " must be between 1 and " + MOST_REPLICAS);
        }
    }

    /**
     * @param services whether the services' ports are needed too
     * @throws CannotStart naming the first port somebody listens on
     */
    void requireFree(boolean services) {
        Map<String, Integer> needed = new LinkedHashMap<>();
        needed.put("the gateway", gateway);
        if (services) {
            replicas().forEach(replica -> needed.put(replica.name(), replica.port()));
        }
        needed.put("Kafka", kafka());
        needed.put("PostgreSQL", postgres());
        needed.forEach(Ports::requireFree);
    }

    private static void requireFree(String user, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new CannotStart("port %d (%s) is taken: stop what listens there, or choose others with --port"
                    .formatted(port, user));
        }
    }
}
