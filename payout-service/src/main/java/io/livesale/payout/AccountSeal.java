package io.livesale.payout;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jboss.logging.Logger;

/**
 * Keeps account numbers unreadable in the database: AES-256 in Galois/Counter Mode (NIST SP 800-38D) with a random nonce
 * of 96 bits in front and a tag of 128 bits behind. The payee's user id is authenticated along, so that a number moved
 * to another payee's row does not open.
 *
 * <p>Random nonces are good for 2³² seals by one key; that is far more than there will ever be account changes.
 */
@ApplicationScoped
public class AccountSeal {
    private static final Logger LOG = Logger.getLogger(AccountSeal.class);
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final Map<String, SecretKey> keys = new LinkedHashMap<>();
    private final String writing;
    private final SecureRandom random = new SecureRandom();

    @Inject
    AccountSeal(PayoutSettings settings) {
        this(settings.accountKeys());
    }

    /** @param accountKeys as they are configured; throws {@link IllegalArgumentException} for what are none */
    AccountSeal(List<String> accountKeys) {
        List<AccountKey> configured =
                accountKeys.stream().map(AccountKey::parse).toList();
        configured.forEach(key -> keys.put(key.id(), new SecretKeySpec(key.bytes(), "AES")));
        if (keys.isEmpty() || keys.size() < configured.size()) {
            throw new IllegalArgumentException("payout.account-keys names no key, or one twice");
        }
        writing = configured.get(0).id();
    }

    /**
     * A sealed number.
     *
     * @param keyId of the key that opens it
     * @param text base64 of nonce, cipher text and tag
     */
    public record Sealed(String keyId, String text) {}

    /** Seals with the first of the keys. */
    public Sealed seal(String userId, AccountNumber number) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] text = number.value().getBytes(StandardCharsets.UTF_8);
        byte[] hidden = run(Cipher.ENCRYPT_MODE, writing, userId, nonce, text);
        byte[] bytes = ByteBuffer.allocate(NONCE_BYTES + hidden.length)
                .put(nonce)
                .put(hidden)
                .array();
        return new Sealed(writing, Base64.getEncoder().encodeToString(bytes));
    }

    /** A number that was not sealed so for this payee, or whose key is not there. A person must look at it. */
    public static final class DoesNotOpen extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        private DoesNotOpen(RuntimeException cause) {
            super(cause.getMessage(), cause);
        }
    }

    /** Throws {@link DoesNotOpen}, and says so in the log. */
    public AccountNumber open(String userId, Sealed sealed) {
        try {
            return opened(userId, sealed);
        } catch (RuntimeException e) {
            LOG.errorf("account number does not open userId=%s reason=%s", userId, e.getMessage());
            throw new DoesNotOpen(e);
        }
    }

    private AccountNumber opened(String userId, Sealed sealed) {
        byte[] bytes = Base64.getDecoder().decode(sealed.text());
        byte[] nonce = Arrays.copyOf(bytes, NONCE_BYTES);
        byte[] hidden = Arrays.copyOfRange(bytes, NONCE_BYTES, bytes.length);
        byte[] text = run(Cipher.DECRYPT_MODE, sealed.keyId(), userId, nonce, hidden);
        return new AccountNumber(new String(text, StandardCharsets.UTF_8));
    }

    /** The key that seals from now on. What another one sealed is to be sealed anew. */
    public String writingKey() {
        return writing;
    }

    public boolean hasKey(String keyId) {
        return keys.containsKey(keyId);
    }

    private byte[] run(int mode, String keyId, String userId, byte[] nonce, byte[] input) {
        SecretKey key = keys.get(keyId);
        if (key == null) {
            throw new IllegalStateException("payout.account-keys lacks the key " + keyId);
        }
        try {
            Cipher cipher = Cipher.getInstance(CIPHER);
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(userId.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("an account number does not open with the key " + keyId, e);
        }
    }
}
