package io.livesale.local;

import java.io.PrintWriter;
import java.util.concurrent.CompletionException;
import picocli.CommandLine;

/** Command lines that fail with one clear line and a code other than zero. */
final class OneLine {
    private OneLine() {}

    static CommandLine commandLine(Object command) {
        return new CommandLine(command)
                .setParameterExceptionHandler((failure, arguments) -> {
                    CommandLine failed = failure.getCommandLine();
                    return say(
                            failed,
                            failure.getMessage() + " (see --help)",
                            failed.getCommandSpec().exitCodeOnInvalidInput());
                })
                .setExecutionExceptionHandler((failure, failed, parsed) ->
                        say(failed, reason(failure), failed.getCommandSpec().exitCodeOnExecutionException()));
    }

    private static String reason(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof CannotStart || cause instanceof Api.Refused
                ? String.valueOf(cause.getMessage())
                : "failed unexpectedly: " + cause;
    }

    private static int say(CommandLine command, String line, int code) {
        PrintWriter out = command.getErr();
        out.println(command.getCommandName() + ": " + line);
        out.flush();
        return code;
    }
}
