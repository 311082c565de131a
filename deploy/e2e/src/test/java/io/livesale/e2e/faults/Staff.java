package io.livesale.e2e.faults;

import io.vertx.core.json.JsonObject;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** An operator who runs settlements, mostly twice under one name, and looks at the reports. */
final class Staff implements Person {
    private final Client operator;
    private final Random random;
    private int settlements;

    Staff(Client operator, Random random) {
        this.operator = operator;
        this.random = random;
    }

    @Override
    public void act() throws InterruptedException {
        TimeUnit.SECONDS.sleep(3 + random.nextInt(4));
        String id = "run-" + settlements++;
        JsonObject run = JsonObject.of("settlementId", id);
        for (int time = 0; time <= random.nextInt(3); time++) {
            operator.post("settle", id, "/settlements", run);
        }
        operator.get("/ledger/verification");
        operator.get("/reports/impact");
    }
}
