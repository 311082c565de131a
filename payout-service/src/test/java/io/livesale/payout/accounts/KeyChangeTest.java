package io.livesale.payout.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.livesale.payout.AccountNumber;
import io.livesale.payout.AccountSeal;
import io.livesale.payout.AccountSeal.Sealed;
import io.livesale.payout.Database;
import io.livesale.payout.PayoutProviderResource;
import io.livesale.payout.Seals;
import io.livesale.payout.Till;
import io.livesale.stack.StackResource;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = StackResource.class, initArgs = @ResourceArg(name = "database", value = "payouts"))
class KeyChangeTest {
    private static final AccountNumber NUMBER = new AccountNumber("6222021234567890123");
    /** More than a page of them. */
    private static final int PAYEES = 40;

    @Inject
    KeyChange keyChange;

    @Inject
    PayoutAccounts accounts;

    @Inject
    AccountSeal seal;

    @Test
    void sealsAnewWhatAnOlderKeySealed() throws SQLException {
        AccountSeal old = Seals.with(PayoutProviderResource.OLD_KEY);
        List<String> payees = Stream.generate(Till::newUser).limit(PAYEES).toList();
        for (String payee : payees) {
            store(payee, old.seal(payee, NUMBER));
        }

        keyChange.sealAnew().await().atMost(Duration.ofSeconds(20));

        assertEquals(0, Database.number("SELECT count(*) FROM payout_account WHERE key_id = 'old'"));
        for (String payee : payees) {
            StoredAccount account =
                    accounts.newest(payee).await().atMost(Duration.ofSeconds(5)).orElseThrow();
            assertEquals("new", account.number().keyId());
            assertEquals(NUMBER, account.open(seal).number());
        }
    }

    @Test
    void passesOverANumberThatDoesNotOpen() throws SQLException {
        AccountSeal old = Seals.with(PayoutProviderResource.OLD_KEY);
        String payee = Till.newUser();
        store("0-" + payee, old.seal("somebody else", NUMBER));
        store(payee, old.seal(payee, NUMBER));

        try {
            keyChange.sealAnew().await().atMost(Duration.ofSeconds(20));

            assertEquals("old", keyOf("0-" + payee));
            assertEquals("new", keyOf(payee));
        } finally {
            delete("old");
        }
    }

    @Test
    void failsTheStartWithoutAKeyThatIsStillNeeded() throws SQLException {
        keyChange.requireKeys(new StartupEvent());
        store(Till.newUser(), new Sealed("lost", "AAAA"));

        try {
            IllegalStateException failure =
                    assertThrows(IllegalStateException.class, () -> keyChange.requireKeys(new StartupEvent()));
            assertTrue(failure.getMessage().contains("lacks the key lost"), failure.getMessage());
        } finally {
            delete("lost");
        }
    }

    private static String keyOf(String payee) throws SQLException {
        return Database.text("SELECT key_id FROM payout_account WHERE user_id = '" + payee + "'");
    }

    private static void delete(String keyId) throws SQLException {
        try (Connection owner = Database.asOwner();
                PreparedStatement statement = owner.prepareStatement("DELETE FROM payout_account WHERE key_id = ?")) {
            statement.setString(1, keyId);
            statement.execute();
        }
    }

    private static void store(String payee, Sealed number) throws SQLException {
        String insert = """
                INSERT INTO payout_account (
                  user_id, version, kind, holder, sealed_number, key_id, masked_number, status, changed_at)
                VALUES (?, 1, 'BANK', 'Lin', ?, ?, '****0123', 'VERIFIED', now())
                """;
        try (Connection connection = Database.asRuntimeRole();
                PreparedStatement statement = connection.prepareStatement(insert)) {
            statement.setString(1, payee);
            statement.setString(2, number.text());
            statement.setString(3, number.keyId());
            statement.execute();
        }
    }
}
