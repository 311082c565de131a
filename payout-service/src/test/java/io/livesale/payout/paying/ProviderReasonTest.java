package io.livesale.payout.paying;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProviderReasonTest {
    @ParameterizedTest
    @CsvSource({
        "Account 6222021234567890123 is closed., Account ****0123 is closed.",
        "No account 6222 0212 3456 7890 123, No account ****0123",
        "from 62220212-34567890 to 12345678, from ****7890 to ****5678",
        "Code 1234567: no such bank, Code 1234567: no such bank"
    })
    void masksWhatLooksLikeAnAccountNumber(String told, String kept) {
        assertEquals(kept, ProviderReason.of(told));
    }
}
