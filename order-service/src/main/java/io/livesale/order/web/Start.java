package io.livesale.order.web;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/** Starts the service. */
@QuarkusMain
public final class Start {
    private Start() {}

    /** The server would refuse a target that is no URI without a word; {@link PlainRequests} takes less, and says why. */
    public static void main(String[] arguments) {
        System.setProperty("vertx.disableURIValidation", "true");
        Quarkus.run(arguments);
    }
}
