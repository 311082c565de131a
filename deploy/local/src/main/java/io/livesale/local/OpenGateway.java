package io.livesale.local;

import io.livesale.stack.Tokens;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.net.SocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A gateway that listens, on threads of its own, until it is closed; and closes what of it does not start. */
public final class OpenGateway implements AutoCloseable {
    /** A spike goes through the gateway; one event loop would be its ceiling. */
    private static final int LOOPS = 2;

    private final Vertx vertx = Vertx.vertx(new VertxOptions()
            .setFileSystemOptions(
                    new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));

    private OpenGateway() {}

    /** On loopback, before the services of this machine. */
    static OpenGateway here(Ports ports, Endpoints endpoints, DataFolder data) {
        return open("localhost", ports.gateway(), ports.origin(), endpoints::addresses, data);
    }

    /**
     * On all addresses, before services that run elsewhere. It hands tokens to anyone who reaches it, so nobody should who
     * is not meant to.
     *
     * @param port 1 to 65535
     * @param origin where payers find it, without a slash at its end
     * @param services host and port of each by its name: {@code order-service}, {@code order-service:80}
     * @param data a folder where the key of its tokens stays; none else works in it
     * @throws IllegalArgumentException for what is no host and port
     */
    public static OpenGateway everywhere(int port, String origin, Map<String, String> services, Path data) {
        Map<Service, List<SocketAddress>> addresses = Arrays.stream(Service.values())
                .collect(Collectors.toMap(
                        service -> service, service -> List.of(address(services.get(service.folder())))));
        return open("0.0.0.0", port, origin, addresses::get, DataFolder.open(data));
    }

    private static SocketAddress address(String hostAndPort) {
        int colon = hostAndPort.lastIndexOf(':');
        if (colon < 1 || !hostAndPort.substring(colon + 1).matches("[0-9]{1,5}")) {
            throw new IllegalArgumentException("not a host and a port: " + hostAndPort);
        }
        return SocketAddress.inetSocketAddress(
                Integer.parseInt(hostAndPort.substring(colon + 1)), hostAndPort.substring(0, colon));
    }

    private static OpenGateway open(
            String host, int port, String origin, Function<Service, List<SocketAddress>> services, DataFolder data) {
        OpenGateway gateway = new OpenGateway();
        try {
            gateway.listen(host, port, origin, services, data);
            return gateway;
        } catch (RuntimeException e) {
            gateway.close();
            throw e;
        }
    }

    private void listen(
            String host, int port, String origin, Function<Service, List<SocketAddress>> services, DataFolder data) {
        String itself = "http://localhost:" + port;
        Sandbox sandbox = new Sandbox(
                origin,
                webhook(itself + "/payments/webhook", data.webhookSecrets()),
                webhook(itself + "/payout-provider/webhook", data.payoutWebhookSecrets()));
        Tokens tokens = data.tokens();
        vertx.deployVerticle(
                        () -> new Gateway(SocketAddress.inetSocketAddress(port, host), services, tokens, sandbox),
                        new DeploymentOptions().setInstances(LOOPS))
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    private Webhook webhook(String url, String secrets) {
        return new Webhook(vertx, url, secrets.split(",")[0].strip(), Webhook.FIRST_PAUSE, Clock.systemUTC());
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
