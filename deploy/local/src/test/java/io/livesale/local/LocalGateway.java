package io.livesale.local;

import io.livesale.stack.FreePort;
import io.livesale.stack.Tokens;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A gateway whose services are a stand-in of the test's making: once for the catalog, twice for order-service, which has
 * a third replica that nobody can connect to; payout-service is not there at all. Registered as an extension it serves
 * all tests of a class; a test that must not meet the webhooks of the one before starts its own.
 */
final class LocalGateway implements BeforeAllCallback, AfterAllCallback {
    static final String SECRET = "whsec_c2lnbnMgd2hhdCBubyBvbmUgd2lsbCBwYXk=";

    final int port = FreePort.next();
    final String origin = "http://localhost:" + port;
    final Tokens tokens = new Tokens(Tokens.newKeyPair());
    final Vertx vertx = Vertx.vertx();

    private final Handler<HttpServerRequest> standIn;
    private @Nullable Endpoints endpoints;
    private List<Replica> replicas = List.of();

    LocalGateway(Handler<HttpServerRequest> standIn) {
        this.standIn = standIn;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        start();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        stop();
    }

    void start() {
        replicas = List.of(
                new Replica(Service.CATALOG, 1, standIn()),
                new Replica(Service.ORDER, 1, standIn()),
                new Replica(Service.ORDER, 2, standIn()),
                new Replica(Service.ORDER, 3, FreePort.next()),
                new Replica(Service.PAYOUT, 1, FreePort.next()));
        endpoints = new Endpoints(replicas);
        replicas.forEach(endpoints::ready);
        Webhook webhook =
                new Webhook(vertx, origin + "/payments/webhook", SECRET, Duration.ofMillis(10), Clock.systemUTC());
        await(vertx.deployVerticle(new Gateway(
                SocketAddress.inetSocketAddress(port, "localhost"),
                endpoints::addresses,
                tokens,
                new Sandbox(origin, webhook, webhook))));
    }

    private int standIn() {
        return await(vertx.createHttpServer().requestHandler(standIn).listen(0, "127.0.0.1"))
                .actualPort();
    }

    Endpoints endpoints() {
        return Objects.requireNonNull(endpoints);
    }

    Replica orderService(int number) {
        return replicas.get(number);
    }

    void stop() {
        await(vertx.close());
    }

    private static <T> T await(io.vertx.core.Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }
}
