package io.livesale.local;

import io.livesale.stack.Tokens;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyOptions;
import io.vertx.httpproxy.ProxyRequest;
import io.vertx.httpproxy.ProxyResponse;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * One origin for everything: routes by path as the Ingress does in production and streams answers as they come, so
 * server-sent events and {@code Prefer: wait} pass. It hands a token to anyone who asks.
 */
final class Gateway extends AbstractVerticle {
    /** Every open event stream and held answer keeps a connection to its replica. */
    private static final int CONNECTIONS_PER_REPLICA = 4096;

    private static final int CONNECT_TIMEOUT_MILLIS = 2000;
    /** Twice what the most generous service takes, and little enough to hold for a moment. */
    private static final int MAX_BODY_BYTES = 256 * 1024;
    /** As much as catalog-service takes of a file of products. */
    private static final int MAX_IMPORT_BYTES = 16 * 1024 * 1024;
    /** Nothing here speaks WebSocket: an offer to upgrade is ignored and the request answered (RFC 9110, 7.8). */
    private static final ProxyOptions PLAIN_HTTP = new ProxyOptions().setSupportWebSocket(false);

    private final SocketAddress listen;
    private final Function<Service, List<SocketAddress>> services;
    private final Tokens tokens;
    private final Sandbox sandbox;
    private final Map<Service, HttpProxy> proxies = new EnumMap<>(Service.class);

    /** @param services where to try a request for one, best first; never empty */
    Gateway(SocketAddress listen, Function<Service, List<SocketAddress>> services, Tokens tokens, Sandbox sandbox) {
        this.listen = listen;
        this.services = services;
        this.tokens = tokens;
        this.sandbox = sandbox;
    }

    @Override
    public void start(Promise<Void> started) {
        HttpClient client = vertx.httpClientBuilder()
                .with(new HttpClientOptions().setConnectTimeout(CONNECT_TIMEOUT_MILLIS))
                .with(new PoolOptions().setHttp1MaxSize(CONNECTIONS_PER_REPLICA))
                .withConnectHandler(Gateway::expectFaults)
                .build();
        for (Service service : Service.values()) {
            proxies.put(
                    service,
                    HttpProxy.reverseProxy(PLAIN_HTTP, client)
                            .origin(context -> connect(
                                            client, services.apply(service).iterator())
                                    // Whoever waits for the answer learns of the fault; without this it is logged, too.
                                    .onSuccess(request -> request.exceptionHandler(fault -> {})))
                            .addInterceptor(new Forwarding(service)));
        }
        Router router = Router.router(vertx);
        router.route().handler(this::route);
        new DevTokens(tokens).mount(router);
        new DevSignIn(tokens).mount(router);
        DevFiles.mount(router);
        sandbox.mount(router);
        router.route().handler(context -> Problems.answer(context.response(), 404, "NOT_FOUND", "Nothing is here."));
        router.route().failureHandler(Gateway::refuse);
        // HTTP/2 needs TLS; a caller who offers to upgrade without it is answered in HTTP/1.1.
        // Who asks before sending a body is told to go on here, for the body is read before a service is asked.
        vertx.createHttpServer(
                        new HttpServerOptions().setHttp2ClearTextEnabled(false).setHandle100ContinueAutomatically(true))
                .connectionHandler(Gateway::expectFaults)
                .requestHandler(router)
                .invalidRequestHandler(Gateway::refuseWhatIsNoRequest)
                .listen(listen)
                .<Void>mapEmpty()
                .onComplete(started);
    }

    /** Replicas are killed and clients go; without this, each connection that breaks is logged with a stack trace. */
    static void expectFaults(HttpConnection connection) {
        connection.exceptionHandler(fault -> {});
    }

    /** Nothing is sent before there is a connection, so whoever cannot be connected to is passed over for the next. */
    private static Future<HttpClientRequest> connect(HttpClient client, Iterator<SocketAddress> addresses) {
        return client.request(new RequestOptions().setServer(addresses.next()))
                .recover(fault -> fault instanceof ConnectException && addresses.hasNext()
                        ? connect(client, addresses)
                        : Future.failedFuture(fault));
    }

    private void route(RoutingContext context) {
        Route route = Route.of(context.request().uri());
        int longest = context.request().path().equals("/products/import") ? MAX_IMPORT_BYTES : MAX_BODY_BYTES;
        String coding = context.request().getHeader(HttpHeaders.TRANSFER_ENCODING);
        if (coding != null && !coding.equalsIgnoreCase("chunked")) {
            Problems.answer(
                    context.response(), 400, "INVALID_REQUEST", "No transfer coding but chunked is known here.");
        } else if (route instanceof Route.To && bodyLength(context.request()) > longest) {
            Problems.answer(
                    context.response(), 413, "PAYLOAD_TOO_LARGE", "No body here may exceed " + longest + " bytes.");
        } else if (route instanceof Route.To to) {
            proxies.get(to.service()).handle(context.request());
        } else if (route instanceof Route.Local) {
            context.next();
        } else if (route instanceof Route.Hidden) {
            Problems.answer(context.response(), 404, "NOT_FOUND", "Ask the service's own port.");
        } else {
            Problems.answer(context.response(), 400, "INVALID_REQUEST", "The path is not plain.");
        }
    }

    /** Bytes announced; 0 when nothing is, or not how many. */
    private static long bodyLength(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null ? 0 : Long.parseLong(length);
    }

    private static void refuse(RoutingContext context) {
        if (context.failure() instanceof InvalidRequest invalid) {
            Problems.answer(context.response(), 400, "INVALID_REQUEST", invalid.getMessage());
        } else {
            int status = context.statusCode();
            Problems.answer(
                    context.response(), status, Problems.code(status), "The launcher cannot take this request.");
        }
    }

    /** Headers that cannot be read, or not all of them; the connection ends with the answer. */
    private static void refuseWhatIsNoRequest(HttpServerRequest request) {
        Throwable cause = request.decoderResult().cause();
        int status = cause instanceof TooLongHttpLineException
                ? 414
                : cause instanceof TooLongHttpHeaderException ? 431 : 400;
        Problems.answer(request.response(), status, Problems.code(status), "This is no request that can be read.");
    }

    /** Tells the service who asked for what, and answers in its place when it does not. */
    private record Forwarding(Service service) implements ProxyInterceptor {
        @Override
        public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
            ProxyRequest request = context.request();
            HttpServerRequest asked = request.proxiedRequest();
            request.headers().remove("Forwarded");
            request.putHeader("X-Forwarded-For", asked.remoteAddress().hostAddress());
            request.putHeader("X-Forwarded-Proto", "http");
            if (asked.authority() != null) {
                // The name the caller used: absolute addresses in answers are made of it.
                request.setAuthority(asked.authority());
                request.putHeader("X-Forwarded-Host", asked.authority().toString());
            }
            return buffered(request)
                    .compose(ready -> context.sendRequest())
                    .recover(failure -> Future.succeededFuture(unavailable(request, failure)));
        }

        /**
         * A service may refuse by the headers and hang up. Its answer would be lost while the body is still being
         * written bit by bit, so a body of known length is here in whole before it goes there in one.
         */
        private static Future<ProxyRequest> buffered(ProxyRequest request) {
            HttpServerRequest asked = request.proxiedRequest();
            long length = bodyLength(asked);
            if (length == 0) {
                return Future.succeededFuture(request);
            }
            Future<Buffer> body = asked.body();
            asked.resume();
            return body.map(whole -> request.setBody(Body.body(whole)));
        }

        /** Not connected: nothing was sent (503). Connected and broken off: what happened is unknown (502). */
        private ProxyResponse unavailable(ProxyRequest request, Throwable failure) {
            boolean nothingSent = failure instanceof ConnectException || failure instanceof UnknownHostException;
            JsonObject problem = nothingSent
                    ? Problems.body(503, "SERVICE_UNAVAILABLE", service.folder() + " is not there; repeat later.")
                    : Problems.body(502, "BAD_GATEWAY", service.folder() + " broke off before it answered.");
            Buffer body = problem.toBuffer();
            return request.release()
                    .response()
                    .setStatusCode(problem.getInteger("status"))
                    .putHeader("Content-Type", Problems.MEDIA_TYPE)
                    .putHeader("Retry-After", "1")
                    .setBody(Body.body(body));
        }
    }
}
