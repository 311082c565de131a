package io.livesale.payout;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whole days, the first and the last included, at most {@link #MAX_DAYS} of them. */
public record Period(LocalDate from, LocalDate to) {
    /** A leap year: what is read for a report is bounded, and longer times are sums of shorter ones. */
    static final int MAX_DAYS = 366;

    /** Unless said otherwise, the month up to today. */
    private static final int USUAL_DAYS = 30;

    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");

    public Period {
        if (to.isBefore(from)) {
            throw new InvalidField("to", "must not be before from");
        }
        if (to.isAfter(from.plusDays(MAX_DAYS - 1))) {
            throw new InvalidField("to", "must make at most " + MAX_DAYS + " days with from");
        }
    }

    /** Reads {@code ?from=&to=} as they came. Throws {@link InvalidField}. */
    public static Period parse(@Nullable String from, @Nullable String to, LocalDate today) {
        LocalDate last = to == null ? today : date("to", to);
        LocalDate first = from == null ? last.minusDays(USUAL_DAYS - 1) : date("from", from);
        return new Period(first, last);
    }

    private static LocalDate date(String field, String text) {
        try {
            if (DATE.matcher(text).matches()) {
                return LocalDate.parse(text);
            }
        } catch (DateTimeException e) {
            // Such as the 30th of February; told like any other text that is no date.
        }
        throw new InvalidField(field, "must be a date, such as 2026-11-21");
    }

    /** When each day begins there, in their order; the zone's rules decide how long one is. */
    public OffsetDateTime[] dayStarts(ZoneId zone) {
        return from.datesUntil(to.plusDays(1)).map(day -> start(day, zone)).toArray(OffsetDateTime[]::new);
    }

    /** The first instant of the first day. */
    public OffsetDateTime begin(ZoneId zone) {
        return start(from, zone);
    }

    /** The first instant after the last day. */
    public OffsetDateTime end(ZoneId zone) {
        return start(to.plusDays(1), zone);
    }

    private static OffsetDateTime start(LocalDate day, ZoneId zone) {
        return day.atStartOfDay(zone).toOffsetDateTime();
    }
}
