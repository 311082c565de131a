package io.livesale.payout;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The standard fee and the programmes that may lower it. */
public record FeeSchedule(Rate standard, List<FeeProgramme> programmes) {
    /** Of two programmes with the same rate the smaller id wins, so that a replay decides the same. */
    private static final Comparator<FeeProgramme> LOWEST_FIRST = Comparator.comparing(
                    (FeeProgramme programme) -> programme.feeRate().basisPoints())
            .thenComparing(FeeProgramme::id);

    public FeeSchedule {
        programmes = List.copyOf(programmes);
    }

    /** The fee on a product from this county (if any), paid at this time: the lowest covering rate wins. */
    public AppliedFee appliedTo(@Nullable String county, Instant paidAt) {
        if (county == null) {
            return AppliedFee.unreduced(standard);
        }
        return programmes.stream()
                .filter(programme -> programme.covers(county, paidAt))
                .filter(programme -> programme.feeRate().basisPoints() < standard.basisPoints())
                .min(LOWEST_FIRST)
                .map(programme -> new AppliedFee(programme.feeRate(), standard, programme.id()))
                .orElseGet(() -> AppliedFee.unreduced(standard));
    }
}
