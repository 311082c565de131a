package io.livesale.catalog.listing;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.livesale.catalog.Database;
import io.livesale.catalog.Shop;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.Charset;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class ImportTest {
    private static final String HEADER = "sku,title,county,listPrice,currency,commissionBasisPoints,stockTotal\r\n";

    private Shop shop;

    @BeforeEach
    void openShop() {
        shop = new Shop();
    }

    @Test
    void importsAllGoodLinesOfTenThousandAndTellsTheBad() throws SQLException {
        List<String> lines = IntStream.rangeClosed(1, 10_000)
                .mapToObj(i -> line("P-" + i, "Paste " + i))
                .collect(Collectors.toCollection(ArrayList::new));
        lines.set(0, line("", "Paste"));
        lines.set(17, line("with space", "Paste"));
        lines.set(499, line("P-500", " "));
        lines.set(500, line("P-400", "Paste"));
        lines.set(1234, "P-1235,Paste,nowhere,1990,CNY,2000,10\r\n");
        lines.set(4321, "P-4322,Paste,610726,19.90,CNY,2000,10\r\n");
        lines.set(5000, "P-5001,Paste,610726,1990,YUAN,2000,10\r\n");
        lines.set(7000, "P-7001,\"Paste,610726,1990,CNY,2000,10\r\n");
        lines.set(8000, "P-8001,Paste,610726,1990,CNY,2000\r\n");
        lines.set(9999, "P-10000,Paste,610726,1990,CNY,10001,10\r\n");
        String file = HEADER + String.join("", lines);

        shop.importFile(file)
                .then()
                .statusCode(200)
                .body("lines", equalTo(10_000))
                .body("created", equalTo(9_990))
                .body("changed", equalTo(0))
                .body("unchanged", equalTo(0))
                .body("refused", equalTo(10))
                .body("problems.line", contains(2, 19, 501, 502, 1236, 4323, 5002, 7002, 8002, 10_001))
                .body(
                        "problems.collect { it.field }",
                        contains(
                                "sku",
                                "sku",
                                "title",
                                "sku",
                                "county",
                                "listPrice",
                                "currency",
                                null,
                                null,
                                "commissionBasisPoints"))
                .body("problems[3].reason", equalTo("is that of line 401"))
                .body("problems[4].sku", equalTo("P-1235"))
                .body("problems[5].reason", equalTo("must be a whole number of minor units: 1990 is 19.90"))
                .body("problems[8].reason", equalTo("has 6 cells, the header 7"));
        assertEquals("9990 99900 99900", productsUnitsAndAdjusted());

        shop.importFile(file)
                .then()
                .statusCode(200)
                .body("created", equalTo(0))
                .body("changed", equalTo(0))
                .body("unchanged", equalTo(9_990))
                .body("refused", equalTo(10));
        assertEquals("9990 99900 99900", productsUnitsAndAdjusted());
    }

    @Test
    void takesItsOwnExport() {
        String text = " 香菇 \uD83C\uDF44, \"dried\"\r\nin the sun\n ";
        shop.importFile(
                        "title,sku,description,imageUrl,county,listPrice,currency,commissionBasisPoints,settlementProfile,"
                                + "stockTotal\n=1+1,\"A,1\",\"" + text.replace("\"", "\"\"")
                                + "\",https://img.example/a.png,610726,1990,CNY,0,EXTENDED,7\n")
                .then()
                .body("created", equalTo(1));
        String product = productOf("A,1");
        shop.offer(shop.session(), product, 3);
        String export = shop.export();

        shop.importFile(export)
                .then()
                .statusCode(200)
                .body("unchanged", equalTo(1))
                .body("refused", equalTo(0));

        given().get("/products/" + product)
                .then()
                .body("title", equalTo("=1+1"))
                .body("description", equalTo(text))
                .body("imageUrl", equalTo("https://img.example/a.png"))
                .body("commissionBasisPoints", equalTo(0))
                .body("settlementProfile", equalTo("EXTENDED"));
        assertEquals("4/3/0", Shop.stock(product));
        assertEquals(export, shop.export());
    }

    @Test
    void exportsAllProductsAndThoseOfTheSellerOnly() {
        new Shop().product(1);
        String bare = shop.product(0);
        shop.importFile(HEADER
                + IntStream.range(0, 450).mapToObj(i -> line("P-" + i, "Paste")).collect(Collectors.joining()));

        Response export = shop.asSeller().get("/products/export");

        export.then()
                .statusCode(200)
                .contentType(startsWith("text/csv"))
                .header("Content-Disposition", containsString("products.csv"));
        List<String> lines = export.asString().lines().toList();
        assertEquals(452, lines.size());
        assertEquals(
                "sku,title,description,imageUrl,county,listPrice,currency,commissionBasisPoints,settlementProfile,"
                        + "stockTotal,productId,available,allotted,sold",
                lines.get(0));
        assertEquals(",Mushroom paste,,,610726,2590,CNY,2000,STANDARD,0," + bare + ",0,0,0", lines.get(1));
        assertEquals(451, lines.stream().skip(1).distinct().count());
    }

    @Test
    void exportsAHeaderWhenThereIsNothing() {
        assertEquals(String.join(",", Columns.ALL) + "\r\n", shop.export());
    }

    @Test
    void leavesWhatTheFileDoesNotSpeakOf() {
        shop.importFile(
                "sku,title,description,imageUrl,county,listPrice,currency,commissionBasisPoints,settlementProfile,"
                        + "stockTotal\nA,Paste,Good,https://img.example/a.png,610726,1990,CNY,2000,EXPRESS,10\n");

        shop.importFile("sku,title,county,listPrice,currency,commissionBasisPoints\nA,Sauce,610726,1000,USD,100\n")
                .then()
                .body("changed", equalTo(1));

        given().get("/products/" + productOf("A"))
                .then()
                .body("title", equalTo("Sauce"))
                .body("listPrice.amount", equalTo(1000))
                .body("listPrice.currency", equalTo("USD"))
                .body("description", equalTo("Good"))
                .body("imageUrl", equalTo("https://img.example/a.png"))
                .body("settlementProfile", equalTo("EXPRESS"))
                .body("stock.available", equalTo(10));
    }

    @Test
    void removesWhatTheFileHasEmpty() {
        String header =
                "sku,title,description,imageUrl,county,listPrice,currency,commissionBasisPoints,settlementProfile,"
                        + "stockTotal\n";
        shop.importFile(header + "A,Paste,Good,https://img.example/a.png,610726,1990,CNY,2000,EXPRESS,10\n");

        shop.importFile(header + "A,Paste,,,610726,1990,CNY,2000,,\n").then().body("changed", equalTo(1));

        given().get("/products/" + productOf("A"))
                .then()
                .body("containsKey('description')", equalTo(false))
                .body("containsKey('imageUrl')", equalTo(false))
                .body("settlementProfile", equalTo("STANDARD"))
                .body("stock.available", equalTo(10));
    }

    @Test
    void adjustsStockByTheDifference() throws SQLException {
        shop.importFile(HEADER + line("A", "Paste"));
        String product = productOf("A");
        shop.offer(shop.session(), product, 4);

        stockTotal(3)
                .body("refused", equalTo(1))
                .body("problems[0].field", equalTo("stockTotal"))
                .body("problems[0].reason", containsString("at least 4"));
        assertEquals("6/4/0", Shop.stock(product));
        stockTotal(4).body("changed", equalTo(1));
        assertEquals("0/4/0", Shop.stock(product));
        stockTotal(25).body("changed", equalTo(1));
        assertEquals("21/4/0", Shop.stock(product));
        stockTotal(25).body("unchanged", equalTo(1));
        assertEquals("1 25 25", productsUnitsAndAdjusted());
    }

    private ValidatableResponse stockTotal(int units) {
        return shop.importFile(HEADER + "A,Paste,610726,1990,CNY,2000," + units + "\r\n")
                .then()
                .statusCode(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "A,Paste,610726,0,CNY,2000,1; listPrice",
                "A,Paste,610726,1000000000001,CNY,2000,1; listPrice",
                "A,Paste,610726,-5,CNY,2000,1; listPrice",
                "A,Paste,610726,99999999999999999999,CNY,2000,1; listPrice",
                "A,Paste,610726,,CNY,2000,1; listPrice",
                "A,Paste,610726,1990,,2000,1; currency",
                "A,Paste,610726,1990,CNY,-1,1; commissionBasisPoints",
                "A,Paste,610726,1990,CNY,20%,1; commissionBasisPoints",
                "A,Paste,610726,１９９０,CNY,100,1; listPrice",
                "A,Paste,610726,1990,CNY,100,+5; stockTotal",
                "A,Paste,610726,1990,CNY,2000,-1; stockTotal",
                "A,Paste,610726,1990,CNY,2000,1000000000001; stockTotal",
                "A,Paste,610726,1990,CNY,2000,many; stockTotal",
                "A,Paste,no code,1990,CNY,2000,1; county",
                "A,,610726,1990,CNY,2000,1; title",
                "A,nul\u0000,610726,1990,CNY,2000,1; title"
            })
    void refusesALineByWhatIsWrongWithIt(String line, String field) {
        shop.importFile(HEADER + line + "\r\n" + line("B", "Paste"))
                .then()
                .statusCode(200)
                .body("created", equalTo(1))
                .body("problems", hasSize(1))
                .body("problems[0].line", equalTo(2))
                .body("problems[0].sku", equalTo("A"))
                .body("problems[0].field", equalTo(field));
    }

    @Test
    void importsUpToTheLimits() {
        shop.importFile(HEADER + "A," + "x".repeat(200) + ",610726,1000000000000,CNY,10000,1000000000000\r\n"
                        + "~".repeat(64) + ",x,610726,1,CNY,0,0\r\n")
                .then()
                .body("created", equalTo(2));
    }

    @Test
    void tellsNoMoreThanAThousandProblems() {
        shop.importFile(HEADER + "A\r\n".repeat(1_001) + line("B", "Paste"))
                .then()
                .statusCode(200)
                .body("created", equalTo(1))
                .body("refused", equalTo(1_001))
                .body("problems", hasSize(1_000));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\r\n",
                "A,Paste,610726,1990,CNY,2000\r\n",
                "sku,title,county,listPrice,currency\r\nA,Paste,610726,1990,CNY\r\n",
                "sku,title,county,listPrice,currency,commissionBasisPoints,sku\r\nA,Paste,610726,1990,CNY,2000,A\r\n",
                "sku,title,county,listPrice,currency,commissionBasisPoints,colour\r\nA,Paste,610726,1990,CNY,2000,red\r\n",
                "sku;title;county;listPrice;currency;commissionBasisPoints\r\nA;Paste;610726;1990;CNY;2000\r\n",
                "\"sku,title,county,listPrice,currency,commissionBasisPoints\r\nA,Paste,610726,1990,CNY,2000\r\n"
            })
    void refusesAFileWithoutAGoodHeader(String file) {
        shop.importFile(file)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo("INVALID_REQUEST"));

        given().get("/products?sellerId=" + shop.seller).then().body("items", hasSize(0));
    }

    @Test
    void tellsTheBeginningOfALongColumnInWholeCharacters() {
        shop.importFile("x" + "\uD83C\uDF44".repeat(50) + "," + HEADER)
                .then()
                .statusCode(400)
                .body("detail", containsString("\"x" + "\uD83C\uDF44".repeat(39) + "…\""));
    }

    @Test
    void tellsAColumnOfManyLinesInOne() {
        shop.importFile("\"sku\r\nERROR\"," + HEADER)
                .then()
                .statusCode(400)
                .body("detail", containsString("\"sku  ERROR\" is none of"));
    }

    @Test
    void refusesWhatIsNotUtf8() {
        shop.importFile((HEADER + line("A", "香菇")).getBytes(Charset.forName("GBK")))
                .then()
                .statusCode(400)
                .body("detail", equalTo("The file must be UTF-8. Nothing was imported."));
    }

    @Test
    void refusesALineTooManyAndSaysWhatIsImported() {
        String file = HEADER + line("A", "Paste").repeat(10_001);

        shop.importFile(file)
                .then()
                .statusCode(400)
                .body("detail", containsString("At most 10000 lines"))
                .body("detail", containsString("The first 10000 lines were imported"));
    }

    @Test
    void readsAnyOrderOfColumnsAndEitherEndOfLine() {
        shop.importFile("\uFEFFcurrency,commissionBasisPoints,productId,county,sku,title,listPrice,sold\n"
                        + "CNY,2000,ignored,610726,A,Paste,1990,77\n\n"
                        + "CNY,2000,,610726,B,Paste,1990,\r\n,,,,,,,\r\n")
                .then()
                .statusCode(200)
                .body("lines", equalTo(2))
                .body("created", equalTo(2));
        assertEquals("0/0/0", Shop.stock(productOf("A")));
    }

    @Test
    void importsForSellersOnlyAndReadsNothingButCsv() {
        given().contentType("text/csv").post("/products/import").then().statusCode(401);
        Shop.as("somebody", "creator")
                .contentType("text/csv")
                .post("/products/import")
                .then()
                .statusCode(403);
        shop.asSeller().body(Map.of()).post("/products/import").then().statusCode(415);
    }

    private static String line(String sku, String title) {
        return sku + "," + title + ",610726,1990,CNY,2000,10\r\n";
    }

    private String productOf(String sku) {
        return given().get("/products?sellerId=" + shop.seller)
                .then()
                .statusCode(200)
                .extract()
                .path("items.find { it.sku == '" + sku + "' }.productId");
    }

    private String productsUnitsAndAdjusted() throws SQLException {
        try (Connection owner = Database.asOwner();
                PreparedStatement books = owner.prepareStatement("""
                        SELECT count(*), sum(available + allotted + sold),
                               (SELECT sum(delta)
                                FROM stock_adjustment
                                WHERE product_id IN (SELECT id FROM product WHERE seller_id = ?))
                        FROM product
                        WHERE seller_id = ?
                        """)) {
            books.setString(1, shop.seller);
            books.setString(2, shop.seller);
            try (ResultSet row = books.executeQuery()) {
                row.next();
                return row.getLong(1) + " " + row.getLong(2) + " " + row.getLong(3);
            }
        }
    }
}
