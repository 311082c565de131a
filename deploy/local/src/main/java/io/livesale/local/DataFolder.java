package io.livesale.local;

import io.livesale.stack.Folders;
import io.livesale.stack.Tokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/** All that outlives a run: what Kafka and PostgreSQL store, the keys, the logs. One system at a time works in it. */
final class DataFolder {
    static final String SECRETS_VARIABLE = "ORDER_PAYMENT_WEBHOOK_SECRETS";
    static final String PAYOUT_SECRETS_VARIABLE = "PAYOUT_PROVIDER_WEBHOOK_SECRETS";
    static final String ACCOUNT_KEYS_VARIABLE = "PAYOUT_ACCOUNT_KEYS";

    private static final int SECRET_BYTES = 32;

    private final Path folder;
    /** Held until the process ends, however it ends. */
    private final FileChannel lock;

    private DataFolder(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /**
     * Makes the folder when missing and locks it.
     *
     * @throws CannotStart when another run has it, when it cannot be written, or when it is full of something else
     */
    static DataFolder open(Path path) {
        Path folder = path.toAbsolutePath().normalize();
        requireFolder(folder);
        try {
            Files.createDirectories(folder);
            Path lockFile = folder.resolve("lock");
            if (!Files.exists(lockFile) && !contents(folder).isEmpty()) {
                throw new CannotStart(folder + " holds files of something else: choose another folder with --data");
            }
            FileChannel lock = FileChannel.open(
                    lockFile, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (!locks(lock)) {
                throw new CannotStart("already running on %s (process %s): stop that first, or use --data and --port"
                        .formatted(folder, Files.readString(lockFile)));
            }
            lock.truncate(0);
            lock.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8)));
            return new DataFolder(folder, lock);
        } catch (IOException e) {
            throw new CannotStart("cannot write to the data folder " + folder + ": " + e);
        }
    }

    private static void requireFolder(Path path) {
        Path there = path;
        while (!Files.exists(there)) {
            there = there.getParent();
        }
        if (!Files.isDirectory(there)) {
            throw new CannotStart(there + " is not a folder: choose another with --data");
        }
    }

    private static boolean locks(FileChannel file) throws IOException {
        try {
            return file.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    /** Lets another run have it. */
    void release() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Drops what a first start left unfinished, or everything. */
    void prepare(boolean fresh) {
        if (fresh) {
            contents(folder).stream().filter(path -> !path.endsWith("lock")).forEach(Folders::delete);
        } else if (!Files.exists(initialized())) {
            Folders.delete(kafka());
            Folders.delete(postgres());
        }
        make(logs());
    }

    /** Remembers that Kafka and PostgreSQL have stood once: from now on their data is kept, come what may. */
    void markInitialized() {
        write(initialized(), "");
    }

    Path kafka() {
        return folder.resolve("kafka");
    }

    Path postgres() {
        return folder.resolve("postgres");
    }

    Path logs() {
        return folder.resolve("logs");
    }

    Path log(String child) {
        return logs().resolve(child + ".log");
    }

    /** Where {@link Leftovers} finds the processes of the last run. */
    Path children() {
        return folder.resolve("children");
    }

    /** What {@link DemoSale} made, once it is whole. */
    Path demoSale() {
        return folder.resolve("demo-sale.json");
    }

    /** The public key that the services verify tokens with, PEM. */
    Path publicKey() {
        return folder.resolve("token-key.public.pem");
    }

    /** The signer of tokens; its key is made once, so tokens stay valid over restarts. */
    Tokens tokens() {
        Path privateKey = folder.resolve("token-key.private.pem");
        if (!Files.exists(privateKey) || !Files.exists(publicKey())) {
            KeyPair keys = Tokens.newKeyPair();
            write(publicKey(), Pem.of(keys.getPublic()));
            writePrivately(privateKey, Pem.of(keys.getPrivate()));
        }
        return new Tokens(Pem.keyPair(read(publicKey()), read(privateKey)));
    }

    /** Standard Webhooks secrets, comma separated: the caller's, else one made once. The first is the one to sign with. */
    String webhookSecrets() {
        return secret(SECRETS_VARIABLE, "webhook-secret", "whsec_");
    }

    /** Likewise between the sandbox and payout-service. */
    String payoutWebhookSecrets() {
        return secret(PAYOUT_SECRETS_VARIABLE, "payout-webhook-secret", "whsec_");
    }

    /** What payout-service seals account numbers with: the caller's keys, else one made once. */
    String accountKeys() {
        return secret(ACCOUNT_KEYS_VARIABLE, "account-key", "local:");
    }

    private String secret(String variable, String name, String prefix) {
        String given = System.getenv(variable);
        if (given != null && !given.isBlank()) {
            return given;
        }
        Path file = folder.resolve(name);
        if (!Files.exists(file)) {
            byte[] secret = new byte[SECRET_BYTES];
            new SecureRandom().nextBytes(secret);
            writePrivately(file, prefix + Base64.getEncoder().encodeToString(secret));
        }
        return read(file);
    }

    private Path initialized() {
        return folder.resolve("initialized");
    }

    private static List<Path> contents(Path folder) {
        try (Stream<Path> contents = Files.list(folder)) {
            return contents.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void make(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void writePrivately(Path file, String text) {
        write(file, "");
        file.toFile().setReadable(false, false);
        file.toFile().setReadable(true, true);
        write(file, text);
    }
}
