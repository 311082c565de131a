package io.livesale.e2e.faults;

import io.livesale.e2e.faults.TcpProxy.Watch;

/** Requests after which a line may be cut. */
final class Watches {
    private Watches() {}

    /** The {@code COMMIT} of a transaction that wrote something. */
    static Watch commit() {
        return new CommitWatch();
    }

    /** A Kafka request of this kind: four bytes of length, two of the key, then the rest. */
    static Watch produce() {
        return kafka((short) 0);
    }

    private static Watch kafka(short apiKey) {
        return new Watch() {
            private long left;
            private int header;
            private long read;
            private boolean wanted;

            @Override
            public boolean sees(byte[] bytes, int length) {
                boolean seen = false;
                for (int i = 0; i < length; i++) {
                    if (header < 6) {
                        read = read << 8 | bytes[i] & 0xff;
                        header++;
                        if (header == 6) {
                            left = (read >> 16) - 2;
                            wanted = (short) read == apiKey;
                        }
                    } else {
                        left--;
                    }
                    if (header == 6 && left == 0) {
                        seen |= wanted;
                        header = 0;
                        read = 0;
                    }
                }
                return seen;
            }
        };
    }
}
