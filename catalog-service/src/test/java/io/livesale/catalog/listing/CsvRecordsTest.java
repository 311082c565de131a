package io.livesale.catalog.listing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.livesale.catalog.listing.CsvRecords.Row;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvRecordsTest {
    private static final int LONGEST = 100;

    @Test
    void tellsWhereEachRecordBegins() throws IOException {
        assertEquals(
                List.of("1 [a, b]", "2 [one\r\ntwo\n, x]", "5 [c, d]", "8 [e, f]"),
                read("a,b\r\n\"one\r\ntwo\n\",x\nc,d\n\n,\r\ne,f"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\n", "\n", "\r"})
    void readsLinesByWhateverEndsThem(String end) throws IOException {
        String text = "one" + end + end + "two" + end;

        assertEquals(
                List.of("1 [a, b]", "3 [c]", "4 !", "5 [" + text + ", d]", "9 !", "10 [e]", "11 !", "12 [f, g]"),
                read(String.join(
                        end,
                        "a,b",
                        "",
                        "c",
                        "\"x\"y",
                        "\"" + text + "\",d",
                        "x".repeat(LONGEST),
                        "e",
                        "\"never closed",
                        "f,g")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\n", "\n", "\r"})
    void measuresEachRecordByItself(String end) throws IOException {
        String longest = "x".repeat(LONGEST - end.length());

        assertEquals(
                List.of("1 [" + longest + "]", "2 [" + longest + "]", "3 !", "4 [" + longest + "]"),
                read(String.join(end, longest, longest, longest + "x", longest) + end));
    }

    @Test
    void readsAnyMixtureOfEnds() throws IOException {
        assertEquals(
                List.of("1 [a]", "2 [b]", "4 [c\rd, e]", "6 [f]", "7 !", "8 [g]"),
                read("a\rb\n\r\"c\rd\",e\r\nf\r\"x\"y\rg\r"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"never closed,x", "\"a\" b,x", "\"a\"b\"c,x", "x,\""})
    void losesNoLineBehindABadOne(String bad) throws IOException {
        assertEquals(
                List.of("1 [a, b]", "2 !", "3 [c, d]", "4 [two\nlines, e]", "6 [f, g]"),
                read("a,b\r\n" + bad + "\r\nc,d\r\n\"two\nlines\",e\r\nf,g\r\n"));
    }

    @Test
    void passesOverARecordThatIsTooLong() throws IOException {
        String longest = "x".repeat(LONGEST - 3);
        assertEquals(
                List.of("1 [" + longest + ", ]", "2 !", "3 [c, d]"),
                read(longest + ",\r\nx" + longest + ",\r\nc,d\r\n"));
    }

    @Test
    void passesOverALineFarTooLong() throws IOException {
        assertEquals(List.of("1 !", "2 [c, d]"), read("x".repeat(100_000) + "\r\nc,d"));
    }

    @Test
    void passesOverTheByteOrderMark() throws IOException {
        assertEquals(List.of("1 [a, b]"), read("\uFEFF\"a\",b"));
    }

    @Test
    void keepsCharactersAsTheyAre() throws IOException {
        assertEquals(List.of("1 [ 香菇 \uD83C\uDF44, \"=1]"), read(" 香菇 \uD83C\uDF44,\"\"\"=1\""));
    }

    @Test
    void refusesWhatIsNotUtf8() {
        byte[] file = "a,香菇".getBytes(Charset.forName("GBK"));

        assertThrows(CharacterCodingException.class, () -> read(file));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\r\n\r\n", "\uFEFF", ",,\n,,"})
    void findsNothingInAnEmptyFile(String file) throws IOException {
        assertEquals(List.of(), read(file));
    }

    private static List<String> read(String file) throws IOException {
        return read(file.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> read(byte[] file) throws IOException {
        CsvRecords records = new CsvRecords(new ByteArrayInputStream(file), LONGEST);
        List<String> rows = new ArrayList<>();
        for (Optional<Row> row = records.next(); row.isPresent(); row = records.next()) {
            rows.add(row.map(it -> it.line() + " " + (it.fault() == null ? it.cells() : "!"))
                    .get());
        }
        return rows;
    }
}
