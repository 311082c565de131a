package io.livesale.catalog.sales;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.livesale.catalog.Takings;
import io.livesale.catalog.sales.Standing.Outcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Wherever reports of one offer come from and however often: the newest good one says where the offer stands. */
class StandingPropertyTest {
    private static final UUID OFFER = new UUID(0, 1);
    private static final long ALLOTMENT = 20;
    private static final Standing OPENED =
            new Standing(OFFER, new UUID(0, 2), ALLOTMENT, null, 0, 0, 0, Takings.NONE, 0);

    @Property
    void endsAtTheNewestReportInAnyOrderAmongRepeatsAndContradictions(
            @ForAll("histories") List<SalesReport> history, @ForAll Random order) {
        List<SalesReport> arriving = new ArrayList<>(history);
        arriving.addAll(history);
        history.forEach(report -> arriving.add(impossible(report.version() + 1)));
        Collections.shuffle(arriving, order);

        Standing end = OPENED;
        for (SalesReport report : arriving) {
            if (end.apply(report) instanceof Outcome.Applied applied) {
                assertTrue(applied.standing().givenBack() >= end.givenBack(), "units given back twice");
                end = applied.standing();
            }
        }

        SalesReport newest = history.get(history.size() - 1);
        long back = newest.unsold() == null ? 0 : newest.unsold();
        assertEquals(
                new Standing(
                        OFFER,
                        OPENED.productId(),
                        ALLOTMENT,
                        newest.remaining(),
                        newest.reserved(),
                        newest.sold(),
                        back,
                        newest.takings().orElseThrow(),
                        newest.version()),
                end);
    }

    private record Figures(long reserved, long sold) {
        long remaining() {
            return ALLOTMENT - reserved - sold;
        }
    }

    /** What order-service may tell of one offer: any figures while it sells, then ever more unsold once settled. */
    @Provide
    Arbitrary<List<SalesReport>> histories() {
        Arbitrary<Figures> figures = Arbitraries.longs()
                .between(0, ALLOTMENT)
                .flatMap(sold ->
                        Arbitraries.longs().between(0, ALLOTMENT - sold).map(reserved -> new Figures(reserved, sold)));
        return Combinators.combine(
                        figures.list().ofMinSize(1).ofMaxSize(6), figures.list().ofMaxSize(4))
                .as(StandingPropertyTest::history);
    }

    private static List<SalesReport> history(List<Figures> selling, List<Figures> settled) {
        List<SalesReport> history = new ArrayList<>();
        for (Figures told : selling) {
            history.add(report(told, null, history.size() + 1));
        }
        for (Figures told : settled.stream()
                .sorted(Comparator.comparing(Figures::remaining))
                .toList()) {
            history.add(report(told, told.remaining(), history.size() + 1));
        }
        return history;
    }

    private static SalesReport report(Figures told, Long unsold, long version) {
        return new SalesReport(
                OFFER,
                told.remaining(),
                told.reserved(),
                told.sold(),
                unsold,
                version,
                version,
                told.sold() * 1990,
                told.sold() * 398);
    }

    private static SalesReport impossible(long version) {
        return new SalesReport(OFFER, 0L, 0, ALLOTMENT + 1, null, version, 0L, 0L, 0L);
    }
}
