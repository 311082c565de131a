package io.livesale.payout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeriodTest {
    private static final LocalDate TODAY = LocalDate.parse("2026-11-21");

    @Test
    void isTheThirtyDaysUpToTodayUnlessSaid() {
        assertEquals(new Period(LocalDate.parse("2026-10-23"), TODAY), Period.parse(null, null, TODAY));
        assertEquals(
                new Period(LocalDate.parse("2026-02-01"), LocalDate.parse("2026-03-02")),
                Period.parse(null, "2026-03-02", TODAY));
        assertEquals(new Period(LocalDate.parse("2026-11-20"), TODAY), Period.parse("2026-11-20", null, TODAY));
    }

    @Test
    void hasAtMostTheDaysOfALeapYear() {
        Period leapYear = Period.parse("2028-01-01", "2028-12-31", TODAY);

        assertEquals(366, leapYear.dayStarts(ZoneId.of("Asia/Shanghai")).length);
        InvalidField refused = assertThrows(InvalidField.class, () -> Period.parse("2028-01-01", "2029-01-01", TODAY));
        assertEquals("to", refused.field());
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-22, 2026-11-21, to",
        "yesterday, 2026-11-21, from",
        "2026-02-30, 2026-11-21, from",
        "2026-11-1, 2026-11-21, from",
        "2026-11-01T00:00:00Z, 2026-11-21, from",
        "2026-11-01, '', to",
        "2026-11-01, +12026-11-21, to"
    })
    void refusesWhatAreNoDaysAndNamesTheField(String from, String to, String field) {
        InvalidField refused = assertThrows(InvalidField.class, () -> Period.parse(from, to, TODAY));

        assertEquals(field, refused.field());
    }

    @Test
    void hasDaysAsLongAsTheZoneMakesThem() {
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        Period change = Period.parse("2026-10-24", "2026-10-25", TODAY);

        List<Instant> starts = Arrays.stream(change.dayStarts(berlin))
                .map(OffsetDateTime::toInstant)
                .toList();

        // The second day has 25 hours.
        assertEquals(List.of(Instant.parse("2026-10-23T22:00:00Z"), Instant.parse("2026-10-24T22:00:00Z")), starts);
        assertEquals(Instant.parse("2026-10-25T23:00:00Z"), change.end(berlin).toInstant());
    }
}
