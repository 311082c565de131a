package io.livesale.payout.earnings;

import java.util.List;
import java.util.stream.Collectors;

/** Statement lines as CSV; see {@link Csv}. Amounts are minor units, as in JSON; the currency has its own column. */
final class EntryCsv {
    static final String HEADER = "entryId,orderId,offerId,kind,role,units,currency,gross,fee,feeBasisPoints,waivedFee,"
            + "programmeId,commission,commissionBasisPoints,net,amount,state,paidAt,refunded,waitsFor,releaseAt,reserve\r\n";

    private EntryCsv() {}

    static String lines(List<Entry> entries) {
        return entries.stream().map(EntryCsv::line).collect(Collectors.joining());
    }

    private static String line(Entry entry) {
        return Csv.line(
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
                entry.programmeId(),
                entry.commission().amount(),
                entry.commissionBasisPoints(),
                entry.net().amount(),
                entry.amount().amount(),
                entry.state(),
                entry.paidAt(),
                entry.refunded().amount(),
                entry.waitsFor(),
                entry.releaseAt(),
                entry.reserve().amount());
    }
}
