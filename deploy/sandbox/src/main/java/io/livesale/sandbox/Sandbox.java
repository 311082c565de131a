package io.livesale.sandbox;

import io.livesale.local.OpenGateway;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.Map;
import org.jboss.logging.Logger;

/** Stands for the identity provider, the payment provider and the ingress of a cluster where things are tried. */
@QuarkusMain
final class Sandbox implements QuarkusApplication {
    private static final Logger LOG = Logger.getLogger(Sandbox.class);

    private final SandboxSettings settings;

    Sandbox(SandboxSettings settings) {
        this.settings = settings;
    }

    @Override
    public int run(String... arguments) {
        Map<String, String> services = Map.of(
                "catalog-service", settings.catalogService(),
                "order-service", settings.orderService(),
                "payout-service", settings.payoutService());
        OpenGateway gateway = OpenGateway.everywhere(settings.port(), settings.origin(), services, settings.data());
        LOG.infof("Tokens for anyone, and payments without money, at %s", settings.origin());
        try {
            Quarkus.waitForExit();
        } finally {
            gateway.close();
        }
        return 0;
    }
}
