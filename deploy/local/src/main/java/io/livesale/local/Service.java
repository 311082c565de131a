package io.livesale.local;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The three services, in the order of their ports. */
enum Service {
    CATALOG("catalog-service", "catalog"),
    ORDER("order-service", "orders"),
    PAYOUT("payout-service", "payouts");

    /** Each takes some 10 KiB of heap: so many a third of what {@link ServiceJvm} gives, the default all of it. */
    static final int MOST_VIEWERS = 5000;

    private final String folder;
    private final String database;

    Service(String folder, String database) {
        this.folder = folder;
        this.database = database;
    }

    String folder() {
        return folder;
    }

    String database() {
        return database;
    }

    /** What it is run from, once it is built. */
    Path jar(Path repository) {
        return repository.resolve(folder).resolve("target/quarkus-app/quarkus-run.jar");
    }

    /** The environment of one of its processes, on this port. */
    Map<String, String> environment(int port, Ports ports, DataFolder data) {
        String address = "localhost:" + ports.postgres() + "/" + database;
        Map<String, String> environment = new HashMap<>(Map.ofEntries(
                Map.entry("QUARKUS_HTTP_HOST", "127.0.0.1"),
                Map.entry("QUARKUS_HTTP_PORT", Integer.toString(port)),
                Map.entry("KAFKA_BOOTSTRAP_SERVERS", "localhost:" + ports.kafka()),
                Map.entry("QUARKUS_DATASOURCE_REACTIVE_URL", "postgresql://" + address),
                Map.entry("QUARKUS_DATASOURCE_JDBC_URL", "jdbc:postgresql://" + address),
                Map.entry("QUARKUS_DATASOURCE_USERNAME", database),
                Map.entry("QUARKUS_DATASOURCE_PASSWORD", database),
                Map.entry("QUARKUS_FLYWAY_USERNAME", database + "_owner"),
                Map.entry("QUARKUS_FLYWAY_PASSWORD", database + "_owner"),
                Map.entry(
                        "MP_JWT_VERIFY_PUBLICKEY_LOCATION",
                        data.publicKey().toUri().toString()),
                Map.entry("MP_JWT_VERIFY_ISSUER", io.livesale.stack.Tokens.ISSUER),
                Map.entry("MP_JWT_VERIFY_AUDIENCES", io.livesale.stack.Tokens.AUDIENCE)));
        environment.putAll(ServiceJvm.ENVIRONMENT);
        if (this == CATALOG) {
            environment.put("CATALOG_PAGES_TOKEN_URL", DevSignIn.SESSION);
            environment.put("CATALOG_PAGES_SIGN_IN_URL", DevSignIn.SIGN_IN);
            environment.put("CATALOG_UPDATES_MAX_VIEWERS", Integer.toString(MOST_VIEWERS));
        }
        if (this == ORDER) {
            environment.put("ORDER_PAYMENT_PROVIDER_URL", ports.origin() + Sandbox.PATH);
            environment.put(DataFolder.SECRETS_VARIABLE, data.webhookSecrets());
        }
        if (this == PAYOUT) {
            environment.put("PAYOUT_PROVIDER_URL", ports.origin() + Sandbox.PATH);
            environment.put(DataFolder.PAYOUT_SECRETS_VARIABLE, data.payoutWebhookSecrets());
            environment.put(DataFolder.ACCOUNT_KEYS_VARIABLE, data.accountKeys());
            environment.put("PAYOUT_PAGES_TOKEN_URL", DevSignIn.SESSION);
            environment.put("PAYOUT_PAGES_SIGN_IN_URL", DevSignIn.SIGN_IN);
        }
        return environment;
    }
}
