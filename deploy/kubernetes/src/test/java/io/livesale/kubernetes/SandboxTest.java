package io.livesale.kubernetes;

import static io.livesale.kubernetes.Overlay.each;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the sandbox's manifests say of it, it says of itself; and nobody gets it who has not chosen it. */
class SandboxTest {
    private final Overlay overlay = Overlay.sandbox();
    private final JsonNode sandbox = overlay.one("StatefulSet", "sandbox");
    private final JsonNode container = sandbox.at("/spec/template/spec/containers/0");

    @Test
    void isNotThereUnlessItIsChosen() {
        for (Overlay other : List.of(Overlay.local(), Overlay.production())) {
            assertTrue(
                    other.workloads()
                            .flatMap(Overlay::containers)
                            .noneMatch(any -> any.path("image").asText().contains("sandbox")),
                    other.name());
            assertTrue(keyLocation(other).startsWith("file:"), other.name());
        }
        assertEquals("http://sandbox/dev/keys", keyLocation(overlay));
    }

    private static String keyLocation(Overlay overlay) {
        return overlay.generated("ConfigMap", "live-sale")
                .at("/data/MP_JWT_VERIFY_PUBLICKEY_LOCATION")
                .asText();
    }

    @Test
    void runsTheImageThatTheBuildMakes() throws Exception {
        assertEquals(ServicesTest.image("sandbox"), container.path("image").asText());
    }

    @Test
    void isReachedWhereItListens() throws Exception {
        String port = setting("port");

        assertEquals(port, container.at("/ports/0/containerPort").asText());
        assertEquals(
                port,
                overlay.one("NetworkPolicy", "services-to-sandbox")
                        .at("/spec/egress/0/ports/0/port")
                        .asText());
        assertEquals(
                "80", overlay.one("Service", "sandbox").at("/spec/ports/0/port").asText());
    }

    @Test
    void keepsItsKeyOnAVolume() throws Exception {
        String folder = each(container.path("volumeMounts"))
                .filter(mount -> mount.path("name").asText().equals("data"))
                .findFirst()
                .orElseThrow()
                .path("mountPath")
                .asText();

        // Not the volume's own root, where a file system may keep things of its own.
        assertTrue(setting("data").startsWith(folder + "/"));
    }

    @Test
    void standsBeforeEveryService() throws Exception {
        for (LiveSaleService service : LiveSaleService.values()) {
            JsonNode port = overlay.one("Service", service.image()).at("/spec/ports/0/port");

            assertEquals(
                    service.image() + ":" + port.asText(),
                    setting(service.image().replaceFirst("-s", "S")));
        }
        Set<String> open = each(overlay.one("NetworkPolicy", "sandbox").at("/spec/egress/0/ports"))
                .map(port -> port.path("port").asText())
                .collect(Collectors.toSet());
        for (LiveSaleService service : LiveSaleService.values()) {
            assertTrue(open.contains(service.properties().get("quarkus.http.port")), service.image());
        }
    }

    /** What the sandbox takes unless it is told otherwise, and these manifests do not tell it. */
    private static String setting(String name) throws ReflectiveOperationException {
        return Class.forName("io.livesale.sandbox.SandboxSettings")
                .getDeclaredMethod(name)
                .getAnnotation(WithDefault.class)
                .value();
    }
}
