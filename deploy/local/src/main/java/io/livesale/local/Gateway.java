package io.livesale.local;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.OriginRequestProvider;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyRequest;
import io.vertx.httpproxy.ProxyResponse;
import java.net.ConnectException;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * One origin for everything: routes by path as the Ingress does in production and streams both ways without buffering,
 * so server-sent events and {@code Prefer: wait} pass. On loopback only, since it hands a token to anyone who asks.
 */
final class Gateway extends AbstractVerticle {
    /** Every open event stream and held answer keeps a connection to its service. */
    private static final int CONNECTIONS_PER_SERVICE = 4096;

    private static final int CONNECT_TIMEOUT_MILLIS = 2000;

    private final int port;
    private final ToIntFunction<Service> servicePorts;
    private final DevTokens tokens;
    private final Sandbox sandbox;
    private final Map<Service, HttpProxy> proxies = new EnumMap<>(Service.class);

    Gateway(int port, ToIntFunction<Service> servicePorts, DevTokens tokens, Sandbox sandbox) {
        this.port = port;
        this.servicePorts = servicePorts;
        this.tokens = tokens;
        this.sandbox = sandbox;
    }

    @Override
    public void start(Promise<Void> started) {
        HttpClient client = vertx.createHttpClient(new HttpClientOptions()
                .setMaxPoolSize(CONNECTIONS_PER_SERVICE)
                .setConnectTimeout(CONNECT_TIMEOUT_MILLIS));
        for (Service service : Service.values()) {
            SocketAddress address = SocketAddress.inetSocketAddress(servicePorts.applyAsInt(service), "127.0.0.1");
            proxies.put(
                    service,
                    HttpProxy.reverseProxy(client)
                            .origin(OriginRequestProvider.fixedAddress(address))
                            .addInterceptor(new Forwarding(service)));
        }
        Router router = Router.router(vertx);
        router.route().handler(this::route);
        tokens.mount(router);
        sandbox.mount(router);
        router.route().handler(context -> Problems.answer(context.response(), 404, "NOT_FOUND", "Nothing is here."));
        router.route().failureHandler(Gateway::refuse);
        vertx.createHttpServer()
                .requestHandler(router)
                .listen(port, "localhost")
                .<Void>mapEmpty()
                .onComplete(started);
    }

    private void route(RoutingContext context) {
        Route route = Route.of(context.request().uri());
        if (route instanceof Route.To to) {
            proxies.get(to.service()).handle(context.request());
        } else if (route instanceof Route.Local) {
            context.next();
        } else if (route instanceof Route.Hidden) {
            Problems.answer(context.response(), 404, "NOT_FOUND", "Ask the service's own port.");
        } else {
            Problems.answer(context.response(), 400, "INVALID_REQUEST", "The path is not plain.");
        }
    }

    private static void refuse(RoutingContext context) {
        if (context.failure() instanceof InvalidRequest invalid) {
            Problems.answer(context.response(), 400, "INVALID_REQUEST", invalid.getMessage());
        } else {
            int status = context.statusCode();
            Problems.answer(context.response(), status, "NOT_TAKEN", "The launcher cannot take this request.");
        }
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
            return context.sendRequest().recover(failure -> Future.succeededFuture(unavailable(request, failure)));
        }

        /** Not connected: nothing was sent (503). Connected and broken off: what happened is unknown (502). */
        private ProxyResponse unavailable(ProxyRequest request, Throwable failure) {
            boolean nothingSent = failure instanceof ConnectException;
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
