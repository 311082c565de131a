package io.livesale.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Six ports in a row, all on loopback: the gateway's and those behind it. Derived from the gateway's, so that two
 * systems can run side by side and a service under {@code mvn quarkus:dev} knows where Kafka and PostgreSQL are.
 *
 * @param gateway 1 to 65530
 */
record Ports(int gateway) {
    private static final int LAST = 65535;

    Ports {
        if (gateway < 1 || gateway > LAST - 5) {
            throw new CannotStart("--port must be between 1 and " + (LAST - 5) + " (the next five are used too)");
        }
    }

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

    /**
     * @param services whether the services' ports are needed too
     * @throws CannotStart naming the first port somebody listens on
     */
    void requireFree(boolean services) {
        Map<String, Integer> needed = new LinkedHashMap<>();
        needed.put("the gateway", gateway);
        if (services) {
            for (Service service : Service.values()) {
                needed.put(service.folder(), of(service));
            }
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
