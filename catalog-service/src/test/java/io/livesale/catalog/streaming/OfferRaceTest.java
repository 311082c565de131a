package io.livesale.catalog.streaming;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.livesale.catalog.Shop;
import io.livesale.stack.Race;
import io.livesale.stack.TopicReader;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
class OfferRaceTest {
    @Test
    void opensOnceAmongManyAtOnce() throws Exception {
        Shop shop = Shop.verified();
        String offer = shop.offer(shop.liveSession(), shop.product(1), 1);
        Callable<Integer> open = () -> shop.open(offer).statusCode();

        List<Integer> statuses = Race.run(Collections.nCopies(6, open));

        assertEquals(Collections.nCopies(6, 200), statuses);
        shop.close(offer).then().statusCode(200);
        try (TopicReader offers = new TopicReader("offers.v1")) {
            await().untilAsserted(() -> assertEquals(List.of(offer + ".1", offer + ".2"), offers.idsOf(offer)));
        }
    }

    @Test
    void allotsTheLastUnitsOnce() throws Exception {
        Shop shop = Shop.verified();
        String product = shop.product(10);
        String session = shop.session();
        String other = shop.session();
        List<Callable<Integer>> offers = new ArrayList<>();
        for (String target : List.of(session, other, session, other)) {
            offers.add(() -> shop.offerOf(target, product, 4).statusCode());
        }

        List<Integer> statuses = Race.run(offers);

        assertEquals(2, Collections.frequency(statuses, 201));
        assertEquals(2, Collections.frequency(statuses, 409));
        assertEquals("2/8/0", Shop.stock(product));
    }

    @RepeatedTest(5)
    void endingAndOpeningAtOnceLeavesNoOfferOpen() throws Exception {
        Shop shop = Shop.verified();
        String product = shop.product(5);
        String session = shop.liveSession();
        String offer = shop.offer(session, product, 5);

        List<Integer> statuses = Race.run(List.of(
                () -> shop.open(offer).statusCode(),
                () -> shop.asCreator().post("/sessions/" + session + "/end").statusCode(),
                () -> shop.close(offer).statusCode()));

        assertEquals(List.of(200, 200), statuses.subList(1, 3));
        given().get("/offers/" + offer).then().body("status", equalTo("CLOSED"));
        given().get("/sessions/" + session).then().body("status", equalTo("ENDED"));
        boolean opened = statuses.get(0) == 200;
        assertEquals(opened ? "0/5/0" : "5/0/0", Shop.stock(product));
    }
}
