package io.livesale.local;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Runs another main class for as long as standard input is open. The launcher holds the other end: closing it asks for
 * an orderly stop, and the system closes it even when the launcher is killed, so no child is ever left behind.
 */
final class Leash {
    /** An orderly stop takes a second or two; whatever hangs longer than this without a launcher is ended. */
    private static final long LAST_RESORT_MILLIS = 20_000;

    private Leash() {}

    public static void main(String[] arguments) throws ReflectiveOperationException {
        start("leash", Leash::stopAtEndOfInput);
        Class.forName(arguments[0]).getMethod("main", String[].class).invoke(null, (Object)
                Arrays.copyOfRange(arguments, 1, arguments.length));
    }

    /** The folder of this module's classes, which depend on nothing but each other and the JDK where children need. */
    static Path classes() {
        try {
            return Path.of(Leash.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void stopAtEndOfInput() {
        try {
            while (System.in.read() >= 0) {
                // What comes in means nothing; only the end does.
            }
        } catch (IOException e) {
            // A broken pipe is an end, too.
        }
        start("leash-last-resort", Leash::endAnyway);
        System.exit(0);
    }

    private static void endAnyway() {
        try {
            Thread.sleep(LAST_RESORT_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(1);
    }

    private static void start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }
}
