package io.livesale.payout;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.regex.Pattern;

/**
 * The number of a bank account, or the name of a wallet: 4 to 64 letters, digits or {@code @ . _ + -}, at least four of
 * them letters or digits. Spaces that group it on paper are dropped, wide forms of characters are taken for the usual
 * ones. It is written nowhere by accident: as text it is masked.
 */
public record AccountNumber(String value) {
    private static final Pattern FORM = Pattern.compile("(?=(?:[^\\p{L}0-9]*[\\p{L}0-9]){4})[\\p{L}0-9@._+-]{4,64}");
    private static final int SHOWN = 4;
    /** Of a shorter one the last four would tell too much. */
    private static final int LONG_ENOUGH = 8;

    /** Throws {@link IllegalArgumentException} for what is none, without repeating it. */
    public AccountNumber {
        value = Normalizer.normalize(value, Form.NFKC).replace(" ", "");
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "must be 4 to 64 letters, digits or @ . _ + -, four of them letters or digits");
        }
    }

    /** For people: the last four characters, or none of a short one. */
    public String masked() {
        return "****" + (value.length() < LONG_ENOUGH ? "" : value.substring(value.length() - SHOWN));
    }

    @Override
    public String toString() {
        return masked();
    }
}
