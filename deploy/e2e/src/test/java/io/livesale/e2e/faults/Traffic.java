package io.livesale.e2e.faults;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Everybody at the gateway: buyers, two shops and their warehouses, and staff. The seed decides how each of them begins;
 * how they go on depends on the answers, and so on the system and its faults.
 */
final class Traffic {
    static final String PROGRAMME_COUNTY = "611026";
    static final int PROGRAMME_BASIS_POINTS = 100;

    private static final System.Logger LOG = System.getLogger(Traffic.class.getName());

    private static final String OTHER_COUNTY = "330106";
    private static final int SHOPS = 2;
    private static final int BUYERS = 8;

    private final Client operator;
    private final Market market = new Market(SHOPS);
    private final List<Shop> shops = new ArrayList<>();
    private final List<Person> people = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final Queue<String> gaveUp = new ConcurrentLinkedQueue<>();
    private final Newcomer newcomer;
    private volatile boolean over;

    Traffic(String origin, Journal journal, long seed) throws InterruptedException {
        Random seeds = new Random(seed);
        operator = Client.signIn(origin, "staff", journal, "operator");
        people.add(new Staff(operator, new Random(seeds.nextLong())));
        for (int number = 0; number < SHOPS; number++) {
            Client creator = Client.signIn(origin, "creator-" + number, journal, "creator");
            Client seller = Client.signIn(origin, "seller-" + number, journal, "seller");
            shops.add(new Shop(number, creator, seller, market, new Random(seeds.nextLong())));
            people.add(new Warehouse(seller, market.toShip(number), new Random(seeds.nextLong())));
        }
        people.addAll(shops);
        newcomer = new Newcomer(Client.signIn(origin, "newcomer", journal, "buyer"));
        for (int number = 0; number < BUYERS; number++) {
            Client client = Client.signIn(origin, "buyer-" + number, journal, "buyer");
            people.add(new Buyer(client, market, new Random(seeds.nextLong())));
        }
    }

    /** Counties, a fee programme, products and sessions: before anything breaks. */
    void prepare() throws InterruptedException {
        county(PROGRAMME_COUNTY, true);
        county(OTHER_COUNTY, false);
        JsonObject programme = JsonObject.of("name", "First harvest", "counties", JsonArray.of(PROGRAMME_COUNTY))
                .put("feeBasisPoints", PROGRAMME_BASIS_POINTS)
                .put("from", "2020-01-01T00:00:00Z");
        operator.put("programme", "p1", "/fee-programmes/p1", programme).done();
        for (int number = 0; number < SHOPS; number++) {
            shops.get(number).prepare(operator, number == 0 ? PROGRAMME_COUNTY : OTHER_COUNTY);
        }
    }

    private void county(String code, boolean designated) throws InterruptedException {
        JsonObject county = JsonObject.of("name", "County " + code, "province", "Shaanxi", "designated", designated);
        operator.put("county", code, "/counties/" + code, county).done();
    }

    void begin() {
        for (Person person : people) {
            Thread thread = new Thread(() -> live(person), "traffic");
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
    }

    private void live(Person person) {
        try {
            while (!over) {
                person.act();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "somebody gave up", e);
            gaveUp.add(person.getClass().getSimpleName() + ": " + e);
        }
    }

    /** Lets nobody begin anything more; returns who had given up before, and why: nobody should have. */
    List<String> end() throws InterruptedException {
        over = true;
        for (Thread thread : threads) {
            thread.join();
        }
        threads.clear();
        return List.copyOf(gaveUp);
    }

    /** Whether something new can be bought at each of these replicas, and is decided while its buyer waits. */
    boolean isServedAt(List<String> origins) throws InterruptedException {
        Optional<String> offerId = shops.get(0).sellSomethingNew();
        if (offerId.isEmpty()) {
            return false;
        }
        for (String origin : origins) {
            if (!newcomer.isServed(origin, offerId.get())) {
                return false;
            }
        }
        return true;
    }

    Client operator() {
        return operator;
    }
}
