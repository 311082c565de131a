package io.livesale.payout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccountNumberTest {
    @ParameterizedTest
    @CsvSource({
        "6222021234567890123, ****0123",
        "12345678, ****5678",
        "1234567, ****",
        "lin@example.org, ****.org",
        "6222 0212 3456, ****3456"
    })
    void showsItsEndAtMost(String number, String masked) {
        assertEquals(masked, new AccountNumber(number).masked());
    }

    @Test
    void isTheSameHoweverItIsGrouped() {
        assertEquals(new AccountNumber("62220212"), new AccountNumber("6222 0212"));
    }

    @Test
    void isTheSameInWideDigits() {
        assertEquals(new AccountNumber("62220212"), new AccountNumber("６２２２\u3000０２１２"));
    }

    @Test
    void isWrittenNowhereByAccident() {
        AccountNumber number = new AccountNumber("6222021234567890123");

        assertEquals("****0123", number.toString());
        assertFalse(new PayoutAccount(PayoutAccount.Kind.BANK, "Lin", number)
                .toString()
                .contains("62220212"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "123",
                "1 2 3",
                "1234\u0000",
                "1234\n5678",
                "1234;5678",
                "----____",
                "123-----",
                "٣٣٣٣٣٣٣٣",
                "12345678901234567890123456789012345678901234567890123456789012345"
            })
    void refusesWhatIsNone(String number) {
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> new AccountNumber(number));

        assertEquals(
                "must be 4 to 64 letters, digits or @ . _ + -, four of them letters or digits", refusal.getMessage());
    }
}
