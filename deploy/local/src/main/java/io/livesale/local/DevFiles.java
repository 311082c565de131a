package io.livesale.local;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.FileSystemAccess;
import io.vertx.ext.web.handler.StaticHandler;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** The demo sale's clip and pictures, as a streaming server and a picture store would serve them. */
final class DevFiles {
    private static final List<String> FOLDERS = List.of("/dev/clip", "/dev/pictures");

    private DevFiles() {}

    /** The launcher runs from its compiled classes, beside which the files are; out of a jar there is no demo to show. */
    static void mount(Router router) {
        for (String folder : FOLDERS) {
            URL files = Objects.requireNonNull(DevFiles.class.getResource(folder));
            if (!files.getProtocol().equals("file")) {
                return;
            }
            router.get(folder + "/*")
                    .handler(DevFiles::label)
                    .handler(StaticHandler.create(FileSystemAccess.ROOT, path(files))
                            .setCachingEnabled(false)
                            .setDirectoryListing(false));
        }
    }

    private static String path(URL folder) {
        try {
            return Path.of(folder.toURI()).toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void label(RoutingContext context) {
        HttpServerResponse response = context.response();
        response.putHeader("X-Content-Type-Options", "nosniff");
        // A page opened as 127.0.0.1 is of another origin.
        response.putHeader("Access-Control-Allow-Origin", "*");
        if (context.request().path().endsWith(".ts")) {
            // To others a .ts file is a program.
            context.addHeadersEndHandler(nothing -> response.putHeader("Content-Type", "video/mp2t"));
        }
        context.next();
    }
}
