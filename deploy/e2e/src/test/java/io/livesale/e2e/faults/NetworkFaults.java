package io.livesale.e2e.faults;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/** Lines that are slow, or gone, or gone at the wrong moment. */
final class NetworkFaults {
    private static final Duration SLOW = Duration.ofMillis(40);
    private static final Duration FOR_A_WHILE = Duration.ofSeconds(6);

    private NetworkFaults() {}

    static List<Fault> all() {
        Stream<Fault> kafka = Stream.of(
                new OnLine("delay:kafka", Site::kafkaProxy, proxy -> proxy.delay(SLOW)),
                new OnLine("cut:kafka", Site::kafkaProxy, TcpProxy::cut),
                new OnLine("cut-after-produce:kafka", Site::kafkaProxy, TcpProxy::cutAfterRequest));
        Stream<Fault> databases = Stream.of(Site.CATALOG, Site.ORDER, Site.ORDER_2, Site.PAYOUT)
                .flatMap(service -> {
                    Function<Site, TcpProxy> line = site -> site.databaseProxy(service);
                    return Stream.of(
                            new OnLine("delay-database:" + service, line, proxy -> proxy.delay(SLOW)),
                            new OnLine("cut-database:" + service, line, TcpProxy::cut),
                            new OnLine("cut-after-commit:" + service, line, TcpProxy::cutAfterRequest));
                });
        Stream<Fault> clients = Stream.of(Site.CATALOG, Site.ORDER, Site.PAYOUT).map(HangUps::new);
        return Stream.of(kafka, databases, clients).flatMap(some -> some).toList();
    }

    private record OnLine(String name, Function<Site, TcpProxy> line, Consumer<TcpProxy> disturb) implements Fault {
        @Override
        public String strike(Site site, Random random) throws Exception {
            TcpProxy proxy = line.apply(site);
            proxy.takeTouched();
            disturb.accept(proxy);
            try {
                TimeUnit.MILLISECONDS.sleep(FOR_A_WHILE.toMillis() + random.nextInt(3000));
            } finally {
                proxy.heal();
            }
            int touched = proxy.takeTouched();
            if (touched == 0) {
                throw new NotProven("nothing went over the line");
            }
            return touched + " times";
        }
    }

    /** Clients that ask and are gone before the answer. Their connections to the database must come back. */
    private record HangUps(String service) implements Fault {
        private static final int CLIENTS = 200;
        private static final Duration PATIENCE = Duration.ofSeconds(40);

        @Override
        public String name() {
            return "hang-ups:" + service;
        }

        @Override
        public String strike(Site site, Random random) throws Exception {
            String token = Client.token(site.origin(), "buyer-0", "buyer", "creator", "operator");
            List<String> paths = switch (service) {
                case Site.CATALOG -> List.of("/sessions?status=LIVE", "/products", "/stock/reconciliation");
                case Site.PAYOUT -> List.of("/earnings/me", "/ledger/verification", "/reports/impact");
                default -> List.of("/orders", "/orders?limit=200");
            };
            int unanswered = 0;
            for (int client = 0; client < CLIENTS; client++) {
                String path = paths.get(random.nextInt(paths.size()));
                unanswered += leavesUnanswered(site.port(service), path, token, random) ? 1 : 0;
            }
            if (unanswered == 0) {
                throw new NotProven("nobody asked and was gone before the answer");
            }
            // With traffic going on, connections are in use now and then; of leaked ones it would be never zero.
            if (!ProcessFaults.within(PATIENCE, () -> active(site).equals(OptionalInt.of(0)))) {
                throw new IllegalStateException(
                        "connections to the database do not come back: " + active(site) + " in use");
            }
            return unanswered + " clients";
        }

        /** Whether nothing of an answer had come when it hung up. */
        private static boolean leavesUnanswered(int port, String path, String token, Random random) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                    OutputStream out = socket.getOutputStream()) {
                out.write("GET %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n\r\n"
                        .formatted(path, token)
                        .getBytes(StandardCharsets.US_ASCII));
                out.flush();
                TimeUnit.MILLISECONDS.sleep(random.nextInt(12));
                // Not closed politely: reset.
                socket.setSoLinger(true, 0);
                return socket.getInputStream().available() == 0;
            } catch (IOException e) {
                return false;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        /** Connections of the service's pool that are in use; empty when it does not say. */
        private OptionalInt active(Site site) {
            return metrics(site.origin(service))
                    .lines()
                    .filter(line -> line.startsWith("sql_pool_active{") || line.startsWith("sql_pool_active "))
                    .mapToInt(line -> (int) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                    .reduce(Integer::sum);
        }

        private static String metrics(String origin) {
            try {
                return HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(URI.create(origin + "/q/metrics"))
                                        .build(),
                                BodyHandlers.ofString())
                        .body();
            } catch (IOException e) {
                return "";
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return "";
            }
        }
    }
}
