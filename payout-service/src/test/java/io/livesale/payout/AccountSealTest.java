package io.livesale.payout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.livesale.payout.AccountSeal.Sealed;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountSealTest {
    private static final String OLD = PayoutProviderResource.OLD_KEY;
    private static final String NEW = PayoutProviderResource.WRITING_KEY;
    private static final AccountNumber NUMBER = new AccountNumber("6222021234567890123");

    @Test
    void opensWhatItSealed() {
        AccountSeal seal = Seals.with(NEW);

        assertEquals(NUMBER, seal.open("coop", seal.seal("coop", NUMBER)));
    }

    @Test
    void sealsTheSameNumberDifferentlyEachTime() {
        AccountSeal seal = Seals.with(NEW);

        assertNotEquals(
                seal.seal("coop", NUMBER).text(), seal.seal("coop", NUMBER).text());
    }

    @Test
    void opensNothingOfAnotherPayee() {
        AccountSeal seal = Seals.with(NEW);
        Sealed sealed = seal.seal("coop", NUMBER);

        assertThrows(IllegalStateException.class, () -> seal.open("thief", sealed));
    }

    @Test
    void opensNothingThatWasChanged() {
        AccountSeal seal = Seals.with(NEW);
        byte[] bytes = Base64.getDecoder().decode(seal.seal("coop", NUMBER).text());
        bytes[bytes.length - 1] ^= 1;
        Sealed changed = new Sealed("new", Base64.getEncoder().encodeToString(bytes));

        assertThrows(IllegalStateException.class, () -> seal.open("coop", changed));
    }

    @Test
    void sealsWithTheFirstKeyAndOpensWithAll() {
        Sealed before = Seals.with(OLD).seal("coop", NUMBER);
        AccountSeal seal = Seals.with(NEW, OLD);

        assertEquals(NUMBER, seal.open("coop", before));
        assertEquals("new", seal.seal("coop", NUMBER).keyId());
        assertEquals("new", seal.writingKey());
    }

    @Test
    void saysWhichKeyIsMissing() {
        Sealed before = Seals.with(OLD).seal("coop", NUMBER);
        AccountSeal seal = Seals.with(NEW);

        assertFalse(seal.hasKey("old"));
        IllegalStateException failure = assertThrows(IllegalStateException.class, () -> seal.open("coop", before));
        assertTrue(failure.getMessage().contains("old"), failure.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
                "new:",
                "new:not base64",
                "new:AAECAwQFBgcICQoLDA0ODw==",
                "a b:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
            })
    void refusesAKeyThatIsNone(String key) {
        IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, () -> Seals.with(key));

        assertFalse(refusal.getMessage().contains("AAECAw"), "no key is told");
    }

    @Test
    void refusesNoKeyAndOneNameForTwo() {
        assertThrows(IllegalArgumentException.class, () -> new AccountSeal(List.of()));
        assertThrows(IllegalArgumentException.class, () -> Seals.with(NEW, NEW));
    }
}
