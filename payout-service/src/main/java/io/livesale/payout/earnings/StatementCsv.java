package io.livesale.payout.earnings;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Statement lines as CSV (RFC 4180). Amounts are minor units, as in JSON; the currency has its own column. */
final class StatementCsv {
    static final String HEADER = "entryId,orderId,offerId,kind,role,units,currency,gross,fee,feeBasisPoints,waivedFee,"
            + "programmeId,commission,commissionBasisPoints,net,amount,state,paidAt\r\n";

    private StatementCsv() {}

    static String lines(List<Entry> entries) {
        return entries.stream().map(StatementCsv::line).collect(Collectors.joining());
    }

    private static String line(Entry entry) {
        return Stream.of(
                        entry.entryId(),
                        entry.orderId(),
                        entry.offerId(),
                        entry.kind(),
                        entry.role(),
                        entry.units(),
                        entry.gross().currency(),
                        entry.gross().amount(),
                        entry.fee().amount(),
                        entry.feeBasisPoints(),
                        entry.waivedFee().amount(),
                        text(entry.programmeId()),
                        entry.commission().amount(),
                        entry.commissionBasisPoints(),
                        entry.net().amount(),
                        entry.amount().amount(),
                        entry.state(),
                        entry.paidAt())
                .map(Object::toString)
                .collect(Collectors.joining(",", "", "\r\n"));
    }

    /**
     * Text somebody chose. A spreadsheet would run a cell that begins like a formula, so a quote goes before it: the
     * advice of OWASP, "CSV Injection".
     */
    static String text(@Nullable String value) {
        if (value == null || value.isEmpty()) {
            return "";
        }
        String harmless = "=+-@\t\r\n".indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
        return harmless.chars().anyMatch(c -> c == '"' || c == ',' || c == '\r' || c == '\n')
                ? '"' + harmless.replace("\"", "\"\"") + '"'
                : harmless;
    }
}
