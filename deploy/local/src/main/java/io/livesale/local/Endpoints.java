package io.livesale.local;

import io.vertx.core.net.SocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** Which replicas take requests. As in Kubernetes, they are spread over those that are ready. */
final class Endpoints {
    private final List<Replica> replicas;
    private final Set<Replica> ready = ConcurrentHashMap.newKeySet();

    Endpoints(List<Replica> replicas) {
        this.replicas = List.copyOf(replicas);
    }

    void ready(Replica replica) {
        ready.add(replica);
    }

    void gone(Replica replica) {
        ready.remove(replica);
    }

    /**
     * Where to try a request, best first: the ready replicas in an order of chance, then the others, because one may be
     * there before anybody has seen it ready.
     */
    List<Replica> toTry(Service service) {
        List<Replica> first = new ArrayList<>();
        List<Replica> last = new ArrayList<>();
        for (Replica replica : replicas) {
            if (replica.service() == service) {
                (ready.contains(replica) ? first : last).add(replica);
            }
        }
        Collections.shuffle(first, ThreadLocalRandom.current());
        first.addAll(last);
        return first;
    }

    /** Where {@link #toTry} are. */
    List<SocketAddress> addresses(Service service) {
        return toTry(service).stream().map(Replica::address).toList();
    }
}
