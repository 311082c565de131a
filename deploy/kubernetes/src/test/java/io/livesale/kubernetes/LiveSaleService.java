package io.livesale.kubernetes;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/** A service as its own module describes it. */
enum LiveSaleService {
    CATALOG("catalog-service", "catalog", "CATALOG_"),
    ORDER("order-service", "orders", "ORDER_"),
    PAYOUT("payout-service", "payouts", "PAYOUT_");

    private final String image;
    private final String database;
    private final String variables;

    LiveSaleService(String image, String database, String variables) {
        this.image = image;
        this.database = database;
        this.variables = variables;
    }

    String image() {
        return image;
    }

    String database() {
        return database;
    }

    /** How the names of its own settings begin in an environment. */
    String variables() {
        return variables;
    }

    Path folder() {
        return Overlay.ROOT.resolve(image);
    }

    Map<String, String> properties() {
        Properties properties = new Properties();
        try (Reader text = Files.newBufferedReader(folder().resolve("src/main/resources/application.properties"))) {
            properties.load(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.stringPropertyNames().stream()
                .filter(name -> !name.startsWith("%"))
                .collect(Collectors.toMap(name -> name, properties::getProperty));
    }
}
