package io.livesale.local;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DevFilesTest {
    private static final byte SYNC = 0x47;

    @RegisterExtension
    static final LocalGateway GATEWAY =
            new LocalGateway(request -> request.response().setStatusCode(500).end());

    @ParameterizedTest
    @CsvSource({"/dev/clip/stream.m3u8,application/vnd.apple.mpegurl", "/dev/pictures/paste.svg,image/svg+xml"})
    void servesTheClipAndPicturesAsWhatTheyAre(String path, String type) {
        given().baseUri(GATEWAY.origin)
                .get(path)
                .then()
                .statusCode(200)
                .contentType(containsString(type))
                .header("X-Content-Type-Options", equalTo("nosniff"))
                .header("Access-Control-Allow-Origin", equalTo("*"));
    }

    /** Together they stay well under a megabyte; a demo is no reason for a large checkout. */
    @Test
    void servesEverySegmentOfThePlaylistWholeAndInParts() {
        List<String> segments = given().baseUri(GATEWAY.origin)
                .get("/dev/clip/stream.m3u8")
                .asString()
                .lines()
                .filter(line -> line.endsWith(".ts"))
                .toList();

        int bytes = segments.stream().mapToInt(DevFilesTest::size).sum();

        assertTrue(segments.size() > 1, segments::toString);
        assertTrue(bytes < 600_000, () -> bytes + " bytes");
        byte[] part = given().baseUri(GATEWAY.origin)
                .header("Range", "bytes=188-375")
                .get("/dev/clip/" + segments.get(0))
                .then()
                .statusCode(206)
                .contentType("video/mp2t")
                .header("Content-Range", containsString("bytes 188-375/"))
                .extract()
                .asByteArray();
        assertEquals(188, part.length);
        assertEquals(SYNC, part[0]);
    }

    private static int size(String segment) {
        return given().baseUri(GATEWAY.origin).get("/dev/clip/" + segment).asByteArray().length;
    }

    @ParameterizedTest
    @ValueSource(strings = {"/dev/clip/", "/dev/clip/none.ts", "/dev/pictures/../clip/stream.m3u8", "/dev/other.svg"})
    void servesNothingElse(String path) {
        given().baseUri(GATEWAY.origin)
                .urlEncodingEnabled(false)
                .get(path)
                .then()
                .statusCode(path.contains("..") ? 400 : 404);
    }
}
