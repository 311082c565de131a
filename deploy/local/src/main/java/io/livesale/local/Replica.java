package io.livesale.local;

import io.vertx.core.net.SocketAddress;
import java.nio.file.Path;
import java.util.Map;

/**
 * One process of a service. Several of one service share its database and its consumer groups.
 *
 * @param number 1 for the first
 */
record Replica(Service service, int number, int port) {

    /** As people, logs and messages call it: {@code order-service}, {@code order-service-2}. */
    String name() {
        return number == 1 ? service.folder() : service.folder() + "-" + number;
    }

    SocketAddress address() {
        return SocketAddress.inetSocketAddress(port, "127.0.0.1");
    }

    Child start(Path repository, Ports ports, DataFolder data) {
        return Child.startService(
                name(), data.log(name()), ServiceJvm.OPTIONS, service.jar(repository), environment(ports, data));
    }

    /** What makes it part of this system; everything of the caller's own environment stays. */
    Map<String, String> environment(Ports ports, DataFolder data) {
        return service.environment(port, ports, data);
    }
}
