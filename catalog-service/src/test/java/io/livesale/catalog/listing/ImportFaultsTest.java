package io.livesale.catalog.listing;

import static java.util.stream.Collectors.joining;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.livesale.catalog.Shop;
import io.livesale.stack.Race;
import io.livesale.stack.Tokens;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What others do at the same time, and senders who send too much, too slowly or not all. */
@QuarkusTest
class ImportFaultsTest {
    private static final String HEADER = "sku,title,county,listPrice,currency,commissionBasisPoints,stockTotal\r\n";
    private static final int MEBIBYTE = 1024 * 1024;

    @TestHTTPResource
    URI service;

    private Shop shop;

    @BeforeEach
    void openShop() {
        shop = new Shop();
    }

    @Test
    void importsOneFileTwiceAtOnceAsIfOneAfterTheOther() throws Exception {
        String file = HEADER + lines(0, 1_200);
        Callable<JsonPath> send =
                () -> shop.importFile(file).then().statusCode(200).extract().jsonPath();

        List<JsonPath> reports = Race.run(Collections.nCopies(3, send));

        assertEquals(
                1_200, reports.stream().mapToInt(it -> it.getInt("created")).sum());
        assertEquals(
                2_400, reports.stream().mapToInt(it -> it.getInt("unchanged")).sum());
        assertEquals(1_200, products());
    }

    @Test
    void makesOneProductOfASkuListedAndImportedAtOnce() throws Exception {
        Map<String, Object> body = Shop.productBody();
        body.put("sku", "P-7");
        Callable<Integer> list =
                () -> shop.asSeller().body(body).post("/products").statusCode() / 100;
        Callable<Integer> send = () -> shop.importFile(HEADER + lines(0, 20)).path("refused");

        List<Integer> outcomes = Race.run(List.of(send, list, send));

        assertEquals(0, outcomes.get(0) + outcomes.get(2));
        assertEquals(20, products());
    }

    @Test
    void importsWhileUnitsAreAllotted() throws Exception {
        String product = shop.product(1_000);
        rename(product, "P-0");
        String session = shop.session();
        Callable<Integer> send =
                () -> shop.importFile(HEADER + "P-0,Paste,610726,2590,CNY,2000,1000\r\n" + lines(1, 600))
                        .path("refused");
        Callable<Integer> offer = () -> shop.offerOf(session, product, 1).statusCode() - 201;
        List<Callable<Integer>> calls = new ArrayList<>(Collections.nCopies(3, send));
        calls.addAll(Collections.nCopies(12, offer));

        List<Integer> outcomes = Race.run(calls);

        assertEquals(Collections.nCopies(15, 0), outcomes);
        assertEquals("988/12/0", Shop.stock(product));
    }

    @Test
    void keepsWhatCameBeforeTheSenderHungUp() throws IOException {
        try (Socket sender = startImport()) {
            send(sender, HEADER + lines(0, 1_200));
            await().until(() -> products() == 1_000);
        }

        shop.importFile(HEADER + lines(0, 1_200))
                .then()
                .statusCode(200)
                .body("unchanged", equalTo(1_000))
                .body("created", equalTo(200));
    }

    @Test
    void adjustsAProductAgainThatGotALaterLinesSku() throws IOException {
        String product = shop.product(0);
        rename(product, "P-0");
        try (Socket sender = startImport()) {
            send(sender, HEADER + lines(0, 500));
            await().until(() -> Shop.stock(product).equals("10/0/0"));
            rename(product, "LATE");

            send(sender, "LATE,Paste,610726,1990,CNY,2000,25\r\n");
            write(sender, "0\r\n\r\n");

            assertEquals("HTTP/1.1 200 OK", firstLine(sender));
        }
        assertEquals("25/0/0", Shop.stock(product));
    }

    @Test
    void runsOnlySoManyAtOnceAndGivesPlacesBack() throws IOException {
        List<Socket> senders = new ArrayList<>();
        try {
            for (int i = 0; i < 4; i++) {
                senders.add(startImport());
            }
            await().untilAsserted(() -> shop.importFile(HEADER)
                    .then()
                    .statusCode(503)
                    .header("Retry-After", equalTo("1"))
                    .body("code", equalTo("UNAVAILABLE")));
        } finally {
            for (Socket sender : senders) {
                sender.close();
            }
        }
        await().untilAsserted(() -> shop.importFile(HEADER).then().statusCode(200));
    }

    @Test
    void answersASenderWhoSendsOnAfterTheRefusal() throws Exception {
        byte[] badFile = padded("colour\r\n", 8 * MEBIBYTE);

        for (int repeat = 0; repeat < 2; repeat++) {
            shop.importFile(badFile).then().statusCode(400);
            assertEquals(
                    400, sendUntold("/products/import", "text/csv", badFile).statusCode());
        }
    }

    @Test
    void readsABodyOfUntoldLengthUpToTheLimit() throws Exception {
        byte[] file = (HEADER + lines(0, 3_000)).getBytes(StandardCharsets.UTF_8);

        assertEquals(200, sendUntold("/products/import", "text/csv", file).statusCode());
        HttpResponse<String> tooLarge =
                sendUntold("/products/import", "text/csv", padded(HEADER + lines(0, 600), 16 * MEBIBYTE + 1));
        assertTooLarge(tooLarge);
        assertThat(tooLarge.body(), containsString("The first 500 lines were imported"));
        assertEquals(
                413,
                sendUntold("/products", "application/json", padded("{\"title\": \"", 65 * 1024))
                        .statusCode());
    }

    @Test
    void refusesABodyThatIsAnnouncedTooLarge() throws Exception {
        shop.importFile(padded(HEADER, 16 * MEBIBYTE)).then().statusCode(200).body("refused", equalTo(1));
        shop.importFile(padded(HEADER, 16 * MEBIBYTE + 1))
                .then()
                .statusCode(413)
                .body("code", equalTo("PAYLOAD_TOO_LARGE"));
        shop.asSeller()
                .body("{\"title\": \"" + "x".repeat(64 * 1024) + "\"}")
                .post("/products")
                .then()
                .statusCode(413)
                .body("code", equalTo("PAYLOAD_TOO_LARGE"));
    }

    private static void assertTooLarge(HttpResponse<String> response) {
        assertEquals(413, response.statusCode());
        assertEquals(
                "application/problem+json",
                response.headers().firstValue("Content-Type").orElse(""));
    }

    /** Begins in a way that makes it worth reading to the end. */
    private static byte[] padded(String beginning, int length) {
        byte[] body = Arrays.copyOf(beginning.getBytes(StandardCharsets.US_ASCII), length);
        Arrays.fill(body, beginning.length(), length, (byte) 'x');
        return body;
    }

    private HttpResponse<String> sendUntold(String path, String type, byte[] body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(service.resolve(path))
                .header("Authorization", "Bearer " + Tokens.of(shop.seller, "seller"))
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
                .build();
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** A sender who lets the service wait. */
    private Socket startImport() throws IOException {
        Socket sender = new Socket(service.getHost(), service.getPort());
        write(
                sender,
                "POST /products/import HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Type: text/csv\r\n"
                        + "Authorization: Bearer " + Tokens.of(shop.seller, "seller") + "\r\n\r\n");
        return sender;
    }

    private static void send(Socket sender, String text) throws IOException {
        write(sender, Integer.toHexString(text.length()) + "\r\n" + text + "\r\n");
    }

    private static void write(Socket sender, String text) throws IOException {
        sender.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String firstLine(Socket sender) throws IOException {
        return new BufferedReader(new InputStreamReader(sender.getInputStream(), StandardCharsets.US_ASCII)).readLine();
    }

    private void rename(String product, String sku) {
        Map<String, Object> body = Shop.productBody();
        body.put("sku", sku);
        shop.asSeller().body(body).put("/products/" + product).then().statusCode(200);
    }

    private static String lines(int from, int count) {
        return IntStream.range(from, from + count)
                .mapToObj(i -> "P-" + i + ",Paste,610726,1990,CNY,2000,10\r\n")
                .collect(joining());
    }

    private long products() {
        return shop.export().lines().count() - 1;
    }
}
