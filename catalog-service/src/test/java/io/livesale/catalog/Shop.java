package io.livesale.catalog;

import static io.restassured.RestAssured.config;
import static io.restassured.RestAssured.given;
import static io.restassured.config.EncoderConfig.encoderConfig;

import io.livesale.stack.Tokens;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** A creator and a seller with a product of 100 units, driven over HTTP as their own apps would. */
public final class Shop {
    public static final String COUNTY = "610726";

    public final String creator = "creator-" + UUID.randomUUID();
    public final String seller = "seller-" + UUID.randomUUID();

    /** A shop whose creator is verified. */
    public static Shop verified() {
        Shop shop = new Shop();
        shop.introduce();
        shop.decide("VERIFIED");
        return shop;
    }

    /** A shop whose creator has no profile. */
    public Shop() {
        as("staff", "operator")
                .body(Map.of("name", "Ningqiang", "province", "Shaanxi", "designated", true))
                .put("/counties/" + COUNTY)
                .then()
                .statusCode(200);
    }

    public static RequestSpecification as(String user, String... roles) {
        return given().contentType("application/json").auth().oauth2(Tokens.of(user, roles));
    }

    public RequestSpecification asCreator() {
        return as(creator, "creator");
    }

    public RequestSpecification asSeller() {
        return as(seller, "seller");
    }

    public void introduce() {
        asCreator()
                .body(Map.of("displayName", "Lin"))
                .put("/creators/me")
                .then()
                .statusCode(200);
    }

    public void decide(String status) {
        as("staff", "operator")
                .body(Map.of("status", status, "reason", "seen the papers"))
                .put("/creators/" + creator + "/verification")
                .then()
                .statusCode(200);
    }

    public static Map<String, Object> productBody() {
        return new HashMap<>(Map.of(
                "title", "Mushroom paste", "county", COUNTY, "listPrice", money(2590), "commissionBasisPoints", 2000));
    }

    public static Map<String, Object> money(long amount) {
        return Map.of("amount", amount, "currency", "CNY");
    }

    /** A product with this many available units. */
    public String product(long units) {
        String product = created(asSeller().body(productBody()).post("/products"), "productId");
        if (units > 0) {
            adjust(product, "first", units).then().statusCode(200);
        }
        return product;
    }

    public Response importFile(String csv) {
        return importFile(csv.getBytes(StandardCharsets.UTF_8));
    }

    public Response importFile(byte[] csv) {
        return asSeller()
                .config(config().encoderConfig(encoderConfig().encodeContentTypeAs("text/csv", ContentType.BINARY)))
                .contentType("text/csv")
                .body(csv)
                .post("/products/import");
    }

    public String export() {
        return asSeller()
                .get("/products/export")
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }

    public Response adjust(String product, String adjustmentId, long delta) {
        return asSeller()
                .body(Map.of("adjustmentId", adjustmentId, "delta", delta))
                .post("/products/" + product + "/stock-adjustments");
    }

    public String session() {
        return created(asCreator().body(Map.of("title", "Harvest evening")).post("/sessions"), "sessionId");
    }

    public String liveSession() {
        String session = session();
        asCreator().post("/sessions/" + session + "/start").then().statusCode(200);
        return session;
    }

    public Response offerOf(String session, String product, int allotment) {
        return asCreator()
                .body(Map.of("productId", product, "price", money(1990), "allotment", allotment))
                .post("/sessions/" + session + "/offers");
    }

    public String offer(String session, String product, int allotment) {
        return created(offerOf(session, product, allotment), "offerId");
    }

    public Response open(String offer) {
        return asCreator().post("/offers/" + offer + "/open");
    }

    public Response close(String offer) {
        return asCreator().post("/offers/" + offer + "/close");
    }

    /** An open offer of this many units of a new product that has as many. */
    public String openOffer(int units) {
        String offer = offer(liveSession(), product(units), units);
        open(offer).then().statusCode(200);
        return offer;
    }

    public static String stock(String product) {
        Map<String, Object> stock = given().get("/products/" + product)
                .then()
                .statusCode(200)
                .extract()
                .path("stock");
        return stock.get("available") + "/" + stock.get("allotted") + "/" + stock.get("sold");
    }

    /** Read without an expression of REST-assured, which compiles each every time. */
    private static String created(Response response, String id) {
        return new JsonObject(response.then().statusCode(201).extract().asString()).getString(id);
    }
}
