package io.livesale.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
    @TempDir
    Path folder;

    @Test
    void keepsKeyAndSecret() {
        DataFolder data = DataFolder.open(folder);
        String key = data.tokens().publicKey();
        String secret = data.webhookSecrets();
        String payoutSecret = data.payoutWebhookSecrets();
        String accountKey = data.accountKeys();

        data.prepare(false);

        assertEquals(key, data.tokens().publicKey());
        assertEquals(secret, data.webhookSecrets());
        assertTrue(secret.startsWith("whsec_"));
        assertEquals(payoutSecret, data.payoutWebhookSecrets());
        assertNotEquals(secret, payoutSecret);
        assertEquals(accountKey, data.accountKeys());
        assertTrue(accountKey.startsWith("local:"));
    }

    @Test
    void keepsDataOnceBothServersHaveStood() throws IOException {
        DataFolder data = DataFolder.open(folder);
        Files.createDirectories(data.kafka().resolve("orders.v1-0"));
        data.markInitialized();

        data.prepare(false);

        assertTrue(Files.exists(data.kafka().resolve("orders.v1-0")));
    }

    @Test
    void dropsWhatAnInterruptedFirstStartLeft() throws IOException {
        DataFolder data = DataFolder.open(folder);
        Files.createDirectories(data.postgres().resolve("base"));

        data.prepare(false);

        assertFalse(Files.exists(data.postgres()));
    }

    @Test
    void dropsEverythingWhenAskedTo() throws IOException {
        DataFolder data = DataFolder.open(folder);
        data.markInitialized();
        Files.createDirectories(data.kafka().resolve("orders.v1-0"));

        data.prepare(true);

        assertFalse(Files.exists(data.kafka()));
    }

    @Test
    void leavesAFolderOfSomethingElseAlone() throws IOException {
        Files.writeString(folder.resolve("thesis.txt"), "");

        assertThrows(CannotStart.class, () -> DataFolder.open(folder));
    }

    @Test
    void letsOneSystemIn() {
        DataFolder.open(folder);

        assertThrows(CannotStart.class, () -> DataFolder.open(folder));
    }

    @Test
    void refusesAPlaceThatCannotBeAFolder() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        for (Path place : List.of(file, file.resolve("data"))) {
            CannotStart refusal = assertThrows(CannotStart.class, () -> DataFolder.open(place));
            assertEquals(file + " is not a folder: choose another with --data", refusal.getMessage());
        }
    }
}
