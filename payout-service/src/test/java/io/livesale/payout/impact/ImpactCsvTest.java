package io.livesale.payout.impact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.livesale.payout.Money;
import io.livesale.payout.impact.ImpactReport.Earners;
import io.livesale.payout.impact.ImpactReport.Line;
import io.livesale.payout.impact.ImpactReport.SessionResult;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ImpactCsvTest {
    private static final Currency CNY = Currency.getInstance("CNY");
    private static final LocalDate DAY = LocalDate.parse("2026-11-21");

    @Test
    void putsEveryPartOfAReportIntoOneTable() {
        List<String> lines = lines(report("xiaomei"));

        assertEquals(
                List.of(
                        "part,day,county,designated,programmeId,sessionId,creatorId,openedAt,people,currency,orders,"
                                + "accepted,units,gross,creatorIncome,sellerIncome,fees,waived,soldOutAfterSeconds",
                        "EARNERS,,,,,,,,7,,,,,,,,,,",
                        "EARNERS,,,true,,,,,3,,,,,,,,,,",
                        "TOTAL,,,,,,,,,CNY,2,,6,5970,1194,4717,59,239,",
                        "COUNTY,,\"611026\",true,,,,,,CNY,2,,6,5970,1194,4717,59,239,",
                        "DAY,2026-11-21,,,,,,,,CNY,2,,6,5970,1194,4717,59,239,",
                        "PROGRAMME,,,,\"zhashui-2026\",,,,,CNY,2,,6,5970,1194,4717,59,239,",
                        "SESSION,,,,,00000000-0000-0001-0000-000000000002,\"xiaomei\",2026-11-21T12:00:00Z,,CNY,9,8,6,"
                                + "5970,,,,,120"),
                lines);
    }

    @Test
    void quotesWhatIsInAnIdAndTurnsNoneIntoAFormula() {
        String odd = lines(report("a,\"b\"")).get(7);
        String formula = lines(report("=1+1")).get(7);

        assertTrue(odd.contains(",\"a,\"\"b\"\"\","), odd);
        assertTrue(formula.contains(",\"'=1+1\","), formula);
    }

    private static ImpactReport report(String creator) {
        return new ImpactReport(
                DAY,
                DAY,
                new Earners(7, 3),
                List.of(line(null, null, null, null)),
                List.of(line("611026", true, null, null)),
                List.of(line(null, null, DAY, null)),
                List.of(line(null, null, null, "zhashui-2026")),
                List.of(new SessionResult(
                        new UUID(1, 2), creator, Instant.parse("2026-11-21T12:00:00Z"), 9, 8, 6, money(5970), 120L)));
    }

    private static Line line(
            @Nullable String county,
            @Nullable Boolean designated,
            @Nullable LocalDate day,
            @Nullable String programme) {
        return new Line(
                county,
                designated,
                day,
                programme,
                CNY,
                2,
                6,
                money(5970),
                money(1194),
                money(4717),
                money(59),
                money(239));
    }

    private static Money money(long amount) {
        return new Money(amount, CNY);
    }

    private static List<String> lines(ImpactReport report) {
        return Arrays.asList(ImpactCsv.of(report).split("\r\n"));
    }
}
