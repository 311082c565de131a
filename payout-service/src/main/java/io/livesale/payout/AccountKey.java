package io.livesale.payout;

import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A key for account numbers as it is configured: {@code 2026-11:base64}. Its bytes are in no message. */
record AccountKey(String id, byte[] bytes) {
    private static final Pattern FORM = Pattern.compile("([A-Za-z0-9._-]{1,32}):([A-Za-z0-9+/]+=*)");
    private static final int BYTES = 32;

    AccountKey {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("the account key " + id + " has not " + BYTES + " bytes");
        }
    }

    static AccountKey parse(String text) {
        Matcher parts = FORM.matcher(text.strip());
        if (!parts.matches()) {
            throw new IllegalArgumentException("payout.account-keys must be id:base64, several parted by commas");
        }
        return new AccountKey(parts.group(1), Base64.getDecoder().decode(parts.group(2)));
    }

    @Override
    public String toString() {
        return id;
    }
}
