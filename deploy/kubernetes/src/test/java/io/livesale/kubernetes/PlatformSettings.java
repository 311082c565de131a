package io.livesale.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.eclipse.microprofile.jwt.config.Names;

/**
 * What may be said to a service beside its own settings, as its environment names it: Quarkus' own, of the extensions that
 * it was built with, as far as they are not fixed by the build; Kafka's, as its clients take them; and the tokens'.
 */
record PlatformSettings(Set<String> names) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MODEL = "META-INF/quarkus-config-doc/quarkus-config-model.json";

    static PlatformSettings of(LiveSaleService service) {
        Set<String> names = new HashSet<>();
        try (Stream<Path> jars = Files.list(service.folder().resolve("target/quarkus-app/lib/main"))) {
            jars.filter(jar -> jar.getFileName().toString().startsWith("io.quarkus."))
                    .forEach(jar -> names.addAll(ofExtension(jar)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Stream.of(ConsumerConfig.configNames(), ProducerConfig.configNames())
                .flatMap(Set::stream)
                .forEach(name -> names.add(variable("kafka." + name)));
        Arrays.stream(Names.class.getFields()).forEach(name -> names.add(variable(value(name))));
        return new PlatformSettings(names);
    }

    private static Set<String> ofExtension(Path jar) {
        Set<String> names = new HashSet<>();
        try (FileSystem content = FileSystems.newFileSystem(jar)) {
            Path model = content.getPath(MODEL);
            if (Files.exists(model)) {
                try (InputStream text = Files.newInputStream(model)) {
                    addThoseOfRunTime(JSON.readTree(text), names);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return names;
    }

    /** However deep in sections they stand. */
    private static void addThoseOfRunTime(JsonNode part, Set<String> names) {
        if (part.path("phase").asText().equals("RUN_TIME")) {
            List.of("path", "additionalPaths")
                    .forEach(paths -> names.addAll(part.path(paths).findValuesAsText("environmentVariable")));
        }
        part.forEach(inner -> addThoseOfRunTime(inner, names));
    }

    private static String value(Field constant) {
        try {
            return constant.get(null).toString();
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String variable(String property) {
        return property.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }
}
