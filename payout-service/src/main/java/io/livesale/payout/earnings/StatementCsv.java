package io.livesale.payout.earnings;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Statement lines as CSV (RFC 4180). Amounts are minor units, as in JSON; the currency has its own column. Nothing needs
 * quoting: there are only numbers, times, fixed words and ids, and none of them begins like a spreadsheet's formula.
 */
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
                        Objects.requireNonNullElse(entry.programmeId(), ""),
                        entry.commission().amount(),
                        entry.commissionBasisPoints(),
                        entry.net().amount(),
                        entry.amount().amount(),
                        entry.state(),
                        entry.paidAt())
                .map(Object::toString)
                .collect(Collectors.joining(",", "", "\r\n"));
    }
}
