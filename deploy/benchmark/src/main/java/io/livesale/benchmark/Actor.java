package io.livesale.benchmark;

/** Who uses the machine in a round. */
enum Actor {
    ORDER_SERVICE("order-service"),
    PAYOUT_SERVICE("payout-service"),
    KAFKA("Kafka"),
    POSTGRESQL("PostgreSQL"),
    GENERATOR("load generator");

    private final String label;

    Actor(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }
}
