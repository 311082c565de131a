package io.livesale.payout.impact;

import io.livesale.payout.Money;
import io.livesale.payout.impact.ImpactReport.Earners;
import io.livesale.payout.impact.ImpactReport.Line;
import io.livesale.payout.impact.ImpactReport.SessionResult;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A report as one table of CSV (RFC 4180): {@code part} tells what a line is about, and columns that have nothing to do
 * with it are empty. Amounts are minor units, as in JSON.
 */
final class ImpactCsv {
    private enum Column {
        PART("part"),
        DAY("day"),
        COUNTY("county"),
        DESIGNATED("designated"),
        PROGRAMME("programmeId"),
        SESSION("sessionId"),
        CREATOR("creatorId"),
        OPENED("openedAt"),
        PEOPLE("people"),
        CURRENCY("currency"),
        ORDERS("orders"),
        ACCEPTED("accepted"),
        UNITS("units"),
        GROSS("gross"),
        CREATOR_INCOME("creatorIncome"),
        SELLER_INCOME("sellerIncome"),
        FEES("fees"),
        WAIVED("waived"),
        SOLD_OUT("soldOutAfterSeconds");

        private final String title;

        Column(String title) {
            this.title = title;
        }
    }

    private final List<Map<Column, String>> rows = new ArrayList<>();

    private ImpactCsv() {}

    static String of(ImpactReport report) {
        ImpactCsv table = new ImpactCsv();
        table.earners(report.earners());
        table.lines("TOTAL", report.totals());
        table.lines("COUNTY", report.byCounty());
        table.lines("DAY", report.byDay());
        table.lines("PROGRAMME", report.waivedByProgramme());
        report.sessions().forEach(table::session);
        return table.text();
    }

    private void earners(Earners earners) {
        row("EARNERS").with(Column.PEOPLE, earners.total());
        row("EARNERS").with(Column.DESIGNATED, true).with(Column.PEOPLE, earners.designated());
    }

    private void lines(String part, List<Line> lines) {
        for (Line line : lines) {
            row(part)
                    .with(Column.DAY, line.day())
                    .withId(Column.COUNTY, line.county())
                    .with(Column.DESIGNATED, line.designated())
                    .withId(Column.PROGRAMME, line.programmeId())
                    .with(Column.CURRENCY, line.currency())
                    .with(Column.ORDERS, line.orders())
                    .with(Column.UNITS, line.units())
                    .with(Column.GROSS, line.gross())
                    .with(Column.CREATOR_INCOME, line.creatorIncome())
                    .with(Column.SELLER_INCOME, line.sellerIncome())
                    .with(Column.FEES, line.fees())
                    .with(Column.WAIVED, line.waived());
        }
    }

    private void session(SessionResult session) {
        row("SESSION")
                .with(Column.SESSION, session.sessionId())
                .withId(Column.CREATOR, session.creatorId())
                .with(Column.OPENED, session.openedAt())
                .with(Column.CURRENCY, session.gross().currency())
                .with(Column.ORDERS, session.orders())
                .with(Column.ACCEPTED, session.accepted())
                .with(Column.UNITS, session.units())
                .with(Column.GROSS, session.gross())
                .with(Column.SOLD_OUT, session.soldOutAfterSeconds());
    }

    private String text() {
        Stream<String> head = Stream.of(Column.values()).map(column -> column.title);
        return line(head) + rows.stream().map(ImpactCsv::line).collect(Collectors.joining());
    }

    private static String line(Map<Column, String> row) {
        return line(Stream.of(Column.values()).map(column -> row.getOrDefault(column, "")));
    }

    private static String line(Stream<String> cells) {
        return cells.collect(Collectors.joining(",", "", "\r\n"));
    }

    private Row row(String part) {
        Row row = new Row(new EnumMap<>(Column.class));
        rows.add(row.cells());
        return row.with(Column.PART, part);
    }

    private record Row(Map<Column, String> cells) {
        Row with(Column column, @Nullable Object value) {
            if (value != null) {
                cells.put(column, value instanceof Money money ? Long.toString(money.amount()) : value.toString());
            }
            return this;
        }

        /** Ids of others may hold anything; one that reads like a formula must not become one in a spreadsheet. */
        Row withId(Column column, @Nullable String id) {
            if (id == null) {
                return this;
            }
            String harmless = id.isEmpty() || "=+-@\t\r".indexOf(id.charAt(0)) < 0 ? id : "'" + id;
            return with(column, '"' + harmless.replace("\"", "\"\"") + '"');
        }
    }
}
