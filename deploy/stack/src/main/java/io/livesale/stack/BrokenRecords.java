package io.livesale.stack;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Records as nobody should write them, made from good ones: a reader takes each or sets it aside, and never fails. The
 * same again with {@code -Dfuzz.seed=}, more of them with {@code -Dfuzz.records=}.
 */
public final class BrokenRecords {
    private static final int RECORDS = Integer.getInteger("fuzz.records", 2000);
    private static final long SEED = Long.getLong("fuzz.seed", System.nanoTime());
    private static final Pattern VALUE = Pattern.compile("(?<=: ?)(\"[^\"]*+\"|-?\\d++|true|false|null)");
    /** As large as a record may be. */
    private static final int MEBIBYTE = 1024 * 1024;

    private static final List<String> WRONG_VALUES = list("""
            null   true   0   -1   1.5   1e400   -1e-999999999   1e999999999   99999999999999999999
            9223372036854775807   -9223372036854775808   2147483648   ""   " "   "1"   "\\u0000"   "\\ud800"
            "\\udc00\\ud800"   []   {}   [[]]   [null]   {"a": 1}   NaN   -   "x   "2026-99-99T00:00:00Z"
            "+1000000000-12-31T23:59:59.999999999Z"   "-1000000000-01-01T00:00:00Z"
            "00000000-0000-0000-0000-000000000000"   "0b7a4a6e6f0e5a679c635e1f0a4f3a11"   "AAAAAAAAAAAAAAAAAAAAAA=="
            "CNY"   "XXX"   "PRODUCT"   "a" "b"   {"amount": 9223372036854775807, "currency": "CNY"}
            {"amount": 1, "currency": ""}   {"amount": 1}   /* */ 1""");

    private final Random random = new Random(SEED);
    private final List<BiFunction<byte[], Headers, byte[]>> ways = List.of(
            this::wrongValue,
            this::wrongValue,
            this::wrongValue,
            this::wrongValue,
            this::withoutField,
            this::doubledField,
            this::cutOff,
            this::flipped,
            this::spliced,
            this::deep,
            this::huge,
            this::otherData,
            this::wrongType,
            this::withoutHeader);

    private BrokenRecords() {}

    /**
     * A good record.
     *
     * @param type its {@code ce_type}
     * @param json its value
     */
    public record Good(String type, String key, String json) {}

    /** Whether a record is taken; throws nothing, whatever it is. */
    @FunctionalInterface
    public interface Reader {
        boolean takes(ConsumerRecord<byte[], byte[]> entry);
    }

    /** Fails with the record that the reader failed at, and when none was taken or none refused. */
    public static void tryAll(String topic, List<Good> good, Reader reader) {
        BrokenRecords broken = new BrokenRecords();
        int taken = 0;
        for (int number = 0; number < RECORDS; number++) {
            ConsumerRecord<byte[], byte[]> entry = broken.next(topic, good);
            try {
                taken += reader.takes(entry) ? 1 : 0;
            } catch (Exception | StackOverflowError | OutOfMemoryError e) {
                throw new AssertionError("-Dfuzz.seed=" + SEED + " record " + number + ": " + shown(entry), e);
            }
        }
        if (taken == 0 || taken == RECORDS) {
            throw new AssertionError(taken + " of " + RECORDS + " were taken, -Dfuzz.seed=" + SEED);
        }
    }

    /** The record as a consumer with keys in text has it. */
    public static ConsumerRecord<String, byte[]> withTextKey(ConsumerRecord<byte[], byte[]> entry) {
        String key = entry.key() == null ? null : new String(entry.key(), StandardCharsets.UTF_8);
        ConsumerRecord<String, byte[]> text =
                new ConsumerRecord<>(entry.topic(), entry.partition(), entry.offset(), key, entry.value());
        entry.headers().forEach(text.headers()::add);
        return text;
    }

    private ConsumerRecord<byte[], byte[]> next(String topic, List<Good> all) {
        Good good = any(all);
        Headers headers = new RecordHeaders()
                .add("ce_specversion", bytes("1.0"))
                .add("ce_id", bytes(good.key() + "." + good.type()))
                .add("ce_source", bytes("/fuzz"))
                .add("ce_time", bytes("2026-11-21T12:00:00Z"))
                .add("ce_type", bytes(good.type()));
        byte[] value = bytes(good.json());
        for (int times = random.nextInt(3); times >= 0 && value != null; times--) {
            value = any(ways).apply(value, headers);
        }
        ConsumerRecord<byte[], byte[]> entry = new ConsumerRecord<>(topic, 0, 0, key(good), value);
        headers.forEach(entry.headers()::add);
        return entry;
    }

    private byte @Nullable [] key(Good good) {
        return switch (random.nextInt(12)) {
            case 0 -> null;
            case 1 -> new byte[0];
            case 2 -> noise(16);
            case 3 -> bytes("00000000-0000-0000-0000-000000000000");
            default -> bytes(good.key());
        };
    }

    private byte[] wrongValue(byte[] value, Headers headers) {
        return replaceValue(value, any(WRONG_VALUES));
    }

    private byte[] deep(byte[] value, Headers headers) {
        int depth = 1 + random.nextInt(20_000);
        return replaceValue(value, "[".repeat(depth) + (random.nextBoolean() ? "]".repeat(depth) : ""));
    }

    private byte[] huge(byte[] value, Headers headers) {
        if (random.nextInt(20) > 0) {
            return value;
        }
        return replaceValue(
                value,
                any(List.of(
                        "\"" + "x".repeat(MEBIBYTE) + "\"",
                        "9".repeat(MEBIBYTE),
                        "[" + "1,".repeat(MEBIBYTE / 2) + "1]")));
    }

    private byte[] replaceValue(byte[] value, String by) {
        String json = new String(value, StandardCharsets.UTF_8);
        List<MatchResult> values = VALUE.matcher(json).results().toList();
        if (values.isEmpty()) {
            return bytes(by);
        }
        MatchResult one = any(values);
        return bytes(json.substring(0, one.start()) + by + json.substring(one.end()));
    }

    private byte[] withoutField(byte[] value, Headers headers) {
        String json = new String(value, StandardCharsets.UTF_8);
        return bytes(json.replaceFirst("\"" + (char) ('a' + random.nextInt(26)) + "[A-Za-z]*\"", "\"x\""));
    }

    private byte[] doubledField(byte[] value, Headers headers) {
        String json = new String(value, StandardCharsets.UTF_8).strip();
        return bytes(json.replaceFirst("}$", Matcher.quoteReplacement("," + json.replaceFirst("^\\{", ""))));
    }

    private byte[] cutOff(byte[] value, Headers headers) {
        return Arrays.copyOf(value, random.nextInt(value.length + 1));
    }

    private byte[] flipped(byte[] value, Headers headers) {
        byte[] flipped = value.clone();
        for (int times = random.nextInt(4); times >= 0 && flipped.length > 0; times--) {
            flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return flipped;
    }

    private byte[] spliced(byte[] value, Headers headers) {
        int at = random.nextInt(value.length + 1);
        ByteArrayOutputStream spliced = new ByteArrayOutputStream();
        spliced.write(value, 0, at);
        spliced.writeBytes(noise(1 + random.nextInt(8)));
        spliced.write(value, at, value.length - at);
        return spliced.toByteArray();
    }

    private byte @Nullable [] otherData(byte[] value, Headers headers) {
        return switch (random.nextInt(6)) {
            case 0 -> null;
            case 1 -> new byte[0];
            case 2 -> noise(64);
            case 3 -> new String(value, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_16);
            case 4 -> bytes("\ufeff" + new String(value, StandardCharsets.UTF_8));
            default -> bytes(any(WRONG_VALUES));
        };
    }

    private byte[] wrongType(byte[] value, Headers headers) {
        byte[] type = any(List.of(bytes("order.paid.v9"), bytes(""), bytes("order.reserved"), noise(5), noise(2000)));
        if (random.nextBoolean()) {
            headers.remove("ce_type");
        }
        headers.add(new RecordHeader("ce_type", random.nextInt(5) == 0 ? null : type));
        return value;
    }

    private byte[] withoutHeader(byte[] value, Headers headers) {
        List<String> names = new ArrayList<>();
        headers.forEach(header -> names.add(header.key()));
        if (!names.isEmpty()) {
            headers.remove(any(names));
        }
        return value;
    }

    private <T> T any(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private byte[] noise(int length) {
        byte[] noise = new byte[length];
        random.nextBytes(noise);
        return noise;
    }

    /** Each on its line, or three spaces from the next. */
    private static List<String> list(String block) {
        return List.of(block.strip().split(" {3}|\n"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String shown(ConsumerRecord<byte[], byte[]> entry) {
        String value = entry.value() == null ? "null" : new String(entry.value(), StandardCharsets.UTF_8);
        return entry.headers() + " " + value.substring(0, Math.min(value.length(), 500));
    }
}
