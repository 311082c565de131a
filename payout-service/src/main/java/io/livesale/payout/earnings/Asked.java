package io.livesale.payout.earnings;

import io.livesale.payout.InvalidField;
import io.livesale.payout.PayoutSettings;
import io.livesale.payout.Period;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Currency;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads which days, month and currency are asked for; what is left out is the present, or the home market's. */
@Singleton
class Asked {
    private static final Pattern MONTH = Pattern.compile("[0-9]{4}-[0-9]{2}");
    /** The first that begins in a year of four digits everywhere. */
    private static final String FIRST = "0000-02";

    private final PayoutSettings settings;
    private final Clock clock;

    Asked(PayoutSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** The last thirty days unless said. Throws {@link InvalidField}. */
    Period period(@Nullable String from, @Nullable String to) {
        return Period.parse(from, to, today());
    }

    /** This month unless said. Throws {@link InvalidField}. */
    Month month(@Nullable String month) {
        return new Month(month == null ? YearMonth.from(today()) : yearMonth(month), settings.zone());
    }

    /** Throws {@link InvalidField}. */
    Currency currency(@Nullable String currency) {
        try {
            return currency == null ? settings.defaultCurrency() : Currency.getInstance(currency);
        } catch (IllegalArgumentException e) {
            throw new InvalidField("currency", "must be a currency of ISO 4217, such as CNY");
        }
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), settings.zone());
    }

    private static YearMonth yearMonth(String text) {
        try {
            if (MONTH.matcher(text).matches() && text.compareTo(FIRST) >= 0) {
                return YearMonth.parse(text);
            }
        } catch (DateTimeException e) {
            // There is no thirteenth; told like any other text that is no month.
        }
        throw new InvalidField("month", "must be a month, such as 2026-11");
    }
}
