package io.livesale.local;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/** RSA keys as text (RFC 7468), the form {@code mp.jwt.verify.publickey.location} takes. */
final class Pem {
    private Pem() {}

    static String of(Key key) {
        String label = key instanceof PublicKey ? "PUBLIC KEY" : "PRIVATE KEY";
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded());
        return "-----BEGIN %s-----%n%s%n-----END %s-----%n".formatted(label, body, label);
    }

    static KeyPair keyPair(String publicKey, String privateKey) {
        try {
            KeyFactory rsa = KeyFactory.getInstance("RSA");
            return new KeyPair(
                    rsa.generatePublic(new X509EncodedKeySpec(bytes(publicKey))),
                    rsa.generatePrivate(new PKCS8EncodedKeySpec(bytes(privateKey))));
        } catch (GeneralSecurityException e) {
            throw new CannotStart("the token key in the data folder is damaged: " + e.getMessage());
        }
    }

    private static byte[] bytes(String pem) {
        return Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
    }
}
