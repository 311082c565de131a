package io.livesale.local;

import io.livesale.stack.FreePort;
import io.livesale.stack.Tokens;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.Clock;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A gateway whose services all are one stand-in of the test's making. */
final class LocalGateway implements BeforeAllCallback, AfterAllCallback {
    static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    final int port = FreePort.next();
    final String origin = "http://localhost:" + port;
    final Tokens tokens = new Tokens(Tokens.newKeyPair());
    final Vertx vertx = Vertx.vertx();

    private final Handler<HttpServerRequest> standIn;
    private int standInPort;

    LocalGateway(Handler<HttpServerRequest> standIn) {
        this.standIn = standIn;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        standInPort = await(vertx.createHttpServer().requestHandler(standIn).listen(0, "127.0.0.1"))
                .actualPort();
        int nobody = FreePort.next();
        Webhook webhook = new Webhook(vertx, origin + "/payments/webhook", SECRET, Clock.systemUTC());
        await(vertx.deployVerticle(new Gateway(
                port,
                service -> service == Service.PAYOUT ? nobody : standInPort,
                new DevTokens(tokens),
                new Sandbox(origin, webhook))));
    }

    @Override
    public void afterAll(ExtensionContext context) {
        await(vertx.close());
    }

    private static <T> T await(io.vertx.core.Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }
}
