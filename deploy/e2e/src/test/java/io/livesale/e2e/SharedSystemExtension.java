package io.livesale.e2e;

import io.livesale.stack.FreePort;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Starts the one system of all {@link SharedSystem} tests, and stops it after the last. */
final class SharedSystemExtension implements ParameterResolver {
    /** Long enough to pay on a busy machine, short enough to wait for its end. */
    static final Duration PAYMENT_WINDOW = Duration.ofMinutes(1);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == LocalSystem.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return system(context);
    }

    static LocalSystem system(ExtensionContext context) {
        return once(context, LocalSystem.class, SharedSystemExtension::start);
    }

    private static LocalSystem start() {
        Path data = Path.of("target", "system", "shared-" + System.currentTimeMillis(), "data")
                .toAbsolutePath();
        // Money is released, and sent, while somebody looks.
        Map<String, String> settings = Map.of(
                "ORDER_PAYMENT_WINDOW",
                PAYMENT_WINDOW.toString(),
                "PAYOUT_SETTLEMENT_PERIOD_STANDARD",
                "PT1S",
                "PAYOUT_RELEASING_CHECK",
                "PT0.5S",
                "PAYOUT_SENDING_PAUSE",
                "PT0.5S",
                // No run of its own takes what a test settles.
                "PAYOUT_SETTLEMENT_CRON",
                "0 0 4 1 1 ?");
        return LocalSystem.start(data, FreePort.firstOfTen(), settings);
    }

    /** What the whole run shares, closed at its end; what could not be made is not tried again for every test. */
    static <T> T once(ExtensionContext context, Class<T> type, Supplier<T> make) {
        Object made = store(context).computeIfAbsent(type, key -> attempt(make));
        if (made instanceof RuntimeException failure) {
            throw failure;
        }
        return type.cast(made);
    }

    /** What was made for the whole run before. */
    static <T> Optional<T> find(ExtensionContext context, Class<T> type) {
        return Optional.ofNullable(store(context).get(type))
                .filter(type::isInstance)
                .map(type::cast);
    }

    private static Store store(ExtensionContext context) {
        return context.getRoot().getStore(Namespace.create(SharedSystemExtension.class));
    }

    private static Object attempt(Supplier<?> make) {
        try {
            return make.get();
        } catch (RuntimeException failure) {
            return failure;
        }
    }
}
