package io.livesale.local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The parts of a local system one by one, for whoever starts, stops and disturbs them in an order of their own. The gateway
 * runs in this process, and with it the sandbox provider, which so forgets nothing while the parts come and go.
 */
public final class LocalParts implements AutoCloseable {
    private final Path repository;
    private final Ports ports;
    private final DataFolder data;
    private final Endpoints endpoints;
    private final OpenGateway gateway;
    private final Readiness readiness = new Readiness();

    private LocalParts(Path repository, Ports ports, DataFolder data) {
        this.repository = repository;
        this.ports = ports;
        this.data = data;
        this.endpoints = new Endpoints(ports.replicas());
        this.gateway = OpenGateway.here(ports, endpoints, data);
    }

    /**
     * Opens the gateway; nothing else runs yet.
     *
     * @param repository whose built services are run
     * @param data an empty folder, or one of a system that does not run
     * @param port the gateway's; the parts listen on those after it, as {@code deploy/local/up} says
     * @param orderReplicas of order-service
     */
    public static LocalParts open(Path repository, Path data, int port, int orderReplicas) {
        Ports ports = new Ports(port, orderReplicas, 1);
        ports.requireFree(true);
        DataFolder folder = DataFolder.open(data);
        try {
            folder.prepare(false);
            return new LocalParts(repository, ports, folder);
        } catch (RuntimeException e) {
            folder.release();
            throw e;
        }
    }

    /** Every process of every service. */
    public List<String> services() {
        return ports.replicas().stream().map(Replica::name).toList();
    }

    public String origin() {
        return ports.origin();
    }

    /** Where a service's process listens. */
    public int port(String service) {
        return replica(service).port();
    }

    public int kafkaPort() {
        return ports.kafka();
    }

    public int postgresPort() {
        return ports.postgres();
    }

    /** Name of a service's database, of its runtime role, and its password. */
    public String database(String service) {
        return replica(service).service().database();
    }

    public Path kafkaFolder() {
        return data.kafka();
    }

    public Path postgresFolder() {
        return data.postgres();
    }

    /** Where a part writes its log. */
    public Path log(String part) {
        return data.log(part);
    }

    /** What the sandbox signs its notices of payments with. */
    public String paymentWebhookSecret() {
        return data.webhookSecrets().split(",")[0].strip();
    }

    /** Likewise of payouts. */
    public String payoutWebhookSecret() {
        return data.payoutWebhookSecrets().split(",")[0].strip();
    }

    /** @param settings of the broker, in place of or beside the usual ones */
    public Child startKafka(Map<String, String> settings) {
        return Child.startKafka(data.log("kafka"), data.kafka(), ports.kafka(), settings);
    }

    public Child startPostgres() {
        return Child.startPostgres(
                data.log("postgresql"),
                data.postgres(),
                ports.postgres(),
                Arrays.stream(Service.values()).map(Service::database));
    }

    /**
     * Starts a service's process. The gateway sends nothing there before {@link #awaitReady}.
     *
     * @param options of its JVM, after the usual ones
     * @param environment in place of or beside the usual one
     */
    public Child startService(String name, List<String> options, Map<String, String> environment) {
        Replica replica = replica(name);
        Map<String, String> whole = new HashMap<>(replica.environment(ports, data));
        whole.putAll(environment);
        List<String> all =
                Stream.concat(ServiceJvm.OPTIONS.stream(), options.stream()).toList();
        return Child.startService(name, data.log(name), all, replica.service().jar(repository), whole);
    }

    /** Whether the service became ready within this time; from then on the gateway sends requests there. */
    public boolean awaitReady(Child service, Duration atMost) throws InterruptedException {
        Replica replica = replica(service.name());
        boolean ready = readiness.await(service, replica.port(), atMost);
        if (ready) {
            endpoints.ready(replica);
        }
        return ready;
    }

    /** The gateway prefers others from now on. */
    public void gone(String service) {
        endpoints.gone(replica(service));
    }

    private Replica replica(String name) {
        return ports.replicas().stream()
                .filter(replica -> replica.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no service " + name));
    }

    /** Closes the gateway; the parts belong to whoever started them. */
    @Override
    public void close() {
        gateway.close();
        data.release();
    }
}
