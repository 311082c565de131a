package io.livesale.e2e.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.ArrayList;
import java.util.List;

/**
 * A command that is run on {@link #close}, or when this process is gone, even where it was killed: a shell waits for it at
 * the end of a pipe, and the system closes the other end.
 */
final class LastWord implements AutoCloseable {
    private final Process shell;

    private LastWord(Process shell) {
        this.shell = shell;
    }

    static LastWord of(List<String> command) {
        // In a session of its own, for Ctrl-C is meant for others.
        List<String> whole = new ArrayList<>(List.of("setsid", "sh", "-c", "cat > /dev/null; exec \"$@\"", "sh"));
        whole.addAll(command);
        try {
            return new LastWord(new ProcessBuilder(whole)
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.INHERIT)
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns when it has been run; what went wrong with it is told on standard error. */
    @Override
    public void close() {
        try {
            shell.getOutputStream().close();
            shell.waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
