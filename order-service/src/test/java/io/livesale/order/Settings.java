package io.livesale.order;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;

/** The service's settings as they are by default, but for some. */
public final class Settings {
    private Settings() {}

    public static OrderSettings with(Map<String, String> others) {
        return new SmallRyeConfigBuilder()
                .withMapping(OrderSettings.class)
                .withDefaultValue("order.payment.provider-url", "http://localhost")
                .withDefaultValue("order.payment.webhook-secrets", ProviderResource.SECRET)
                .withDefaultValues(others)
                .build()
                .getConfigMapping(OrderSettings.class);
    }
}
