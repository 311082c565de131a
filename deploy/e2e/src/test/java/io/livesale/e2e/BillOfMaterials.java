package io.livesale.e2e;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a service's build says that it ships (CycloneDX), but for the service itself. */
record BillOfMaterials(List<Part> parts) {
    /**
     * A jar of somebody else.
     *
     * @param name group and artifact
     * @param sha256 of the file, in hexadecimal digits
     * @param licences any of which may be chosen, as Maven has it; by SPDX's names where they have one
     */
    record Part(String name, String sha256, TreeSet<String> licences) {
        String choice() {
            return licences.isEmpty() ? "no licence" : String.join(" or ", licences);
        }
    }

    static BillOfMaterials of(Path service) throws IOException {
        JsonObject bom = new JsonObject(Files.readString(service.resolve("target/bom.json")));
        return new BillOfMaterials(objects(bom.getJsonArray("components")).stream()
                .filter(part -> part.getString("type").equals("library"))
                .map(BillOfMaterials::part)
                .toList());
    }

    private static Part part(JsonObject part) {
        String sha256 = objects(part.getJsonArray("hashes")).stream()
                .filter(hash -> hash.getString("alg").equals("SHA-256"))
                .map(hash -> hash.getString("content"))
                .collect(Collectors.joining());
        TreeSet<String> licences = objects(part.getJsonArray("licenses", new JsonArray())).stream()
                .map(BillOfMaterials::licence)
                .collect(Collectors.toCollection(TreeSet::new));
        return new Part(part.getString("group") + ":" + part.getString("name"), sha256, licences);
    }

    /** An id of SPDX, the name of a licence that has none, or an expression. */
    private static String licence(JsonObject choice) {
        JsonObject licence = choice.getJsonObject("license", choice);
        return licence.getString("id", licence.getString("name", licence.getString("expression")));
    }

    private static List<JsonObject> objects(JsonArray array) {
        return array.stream().map(JsonObject.class::cast).toList();
    }
}
