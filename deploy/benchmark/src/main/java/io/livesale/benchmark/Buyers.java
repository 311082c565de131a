package io.livesale.benchmark;

import io.livesale.stack.Tokens;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.IntStream;

/** A crowd that is signed in already: signing a token costs more than anything measured here. */
final class Buyers {
    private final byte[][] tokens;

    private Buyers(byte[][] tokens) {
        this.tokens = tokens;
    }

    static Buyers signIn(Tokens signer, int count) {
        return new Buyers(IntStream.range(0, count)
                .parallel()
                .mapToObj(number -> signer.issue("buyer-" + number, Set.of("buyer")))
                .map(token -> token.getBytes(StandardCharsets.US_ASCII))
                .toArray(byte[][]::new));
    }

    int count() {
        return tokens.length;
    }

    byte[] token(int buyer) {
        return tokens[buyer];
    }
}
