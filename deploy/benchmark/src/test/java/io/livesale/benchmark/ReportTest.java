package io.livesale.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.livesale.benchmark.Chart.Bar;
import java.io.StringReader;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class ReportTest {
    private final Results results = new Results();

    private Report report(String findings) {
        return new Report("", Instant.parse("2026-11-21T12:00:59Z"), Map.of("cores", "2"), results, findings);
    }

    @Test
    void tellsWhichGoalsAreMetAndByHowMuchOthersAreMissed() {
        // given
        results.figure(Figure.CEILING, Median.of(40_000));
        results.figure(Figure.INTAKE, Median.of(30_000));
        results.figure(Figure.CEILING_BESIDE, Median.of(20_000));
        results.figure(Figure.SUSTAINED_HOT, Median.of(12_000));
        results.figure(Figure.HALF_LOAD_P99, Median.of(30));
        // when
        List<List<String>> goals = report("").goals().rows();
        // then
        assertEquals(
                List.of(
                        List.of("intake ÷ no-op ceiling", "≥ 75 %", "75 %", "met"),
                        List.of("accept p99 at half load", "≤ 25.0 ms", "30.0 ms", "missed by 20 %"),
                        List.of("whole pipeline, one hot offer, ÷ no-op ceiling", "≥ 40 %", "60 %", "met")),
                goals);
    }

    @Test
    void comparesTheLedgerToItsFloors() {
        // given
        results.figure(Figure.POSTED, Median.of(9_000));
        results.figure(Figure.POSTED_ONE_BY_ONE, Median.of(1_500));
        results.figure(Figure.POSTED_IN_BATCHES, Median.of(20_000));
        results.figure(Figure.VERIFIED, Median.of(12));
        // when
        List<List<String>> goals = report("").goals().rows();
        // then
        assertEquals(
                List.of(
                        List.of("paid orders posted ÷ one transaction per order", "≥ 5.0 ×", "6.0 ×", "met"),
                        List.of(
                                "paid orders posted ÷ PostgreSQL with the same writes",
                                "≥ 50 %",
                                "45 %",
                                "missed by 10 %"),
                        List.of("the ledger verified", "≤ 30.0 s", "12.0 s", "met")),
                goals);
    }

    @Test
    void hasNoGoalWhoseFiguresWereNotMeasured() {
        results.figure(Figure.INTAKE, Median.of(30_000));
        assertEquals(List.of(), report("").goals().rows());
    }

    @Test
    void takesOverFindingsAsTheyAreWritten() {
        String findings = "1. **Tokens** were verified twice | see `x`.";
        assertTrue(report(findings).markdown().endsWith("## What was found\n\n" + findings + "\n"));
    }

    @Test
    void namesWhateverMakesFiguresDoubtful() {
        // given
        results.problem("3 × HTTP/1.1 503 Service Unavailable");
        // when
        String page = report("").markdown();
        // then
        assertTrue(page.contains("## What was odd\n\n- 3 × HTTP/1.1 503 Service Unavailable\n"), page);
        assertFalse(page.contains("Nothing:"), page);
    }

    @Test
    void tellsCostsPerThousandOrders() {
        // given 2 CPU seconds and 300 MiB for 10,000 orders, while others kept half a core busy
        Usage usage = new Usage(10, Map.of(Actor.ORDER_SERVICE, 2.0), Map.of(Actor.ORDER_SERVICE, 300L << 20), 0.5);
        results.cost(new Cost("accepting", List.of(new Cost.Spent(usage, 10_000))));
        // when
        String page = report("").markdown();
        // then
        assertTrue(page.contains("| accepting | 0.200 · 300 | – | – | – | – | 0.50 |"), page);
        assertTrue(page.contains("| order-service's memory (RSS) | ≤ 400 MiB | 300 MiB | met |"), page);
    }

    @Test
    void refusesATableWithAGap() {
        assertThrows(IllegalArgumentException.class, () -> new Table(List.of("a", "b"), List.of(List.of("1"))));
    }

    @Test
    void drawsBarsToScale() throws Exception {
        // given
        Chart chart = new Chart(
                "Orders < per second & more",
                List.of(
                        new Bar("no-op", Median.of(40_000), false),
                        new Bar("ours", Median.of(9_000, 10_000, 11_000), true)));
        // when
        Document svg = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(chart.svg())));
        // then
        List<Double> lengths = List.of(length(svg, "limit"), length(svg, "ours"));
        assertEquals(4, lengths.get(0) / lengths.get(1), 0.01);
        assertEquals(
                "Orders < per second & more",
                svg.getElementsByTagName("title").item(0).getTextContent());
    }

    private static double length(Document svg, String style) {
        var rectangles = svg.getElementsByTagName("rect");
        for (int i = 0; i < rectangles.getLength(); i++) {
            Element rectangle = (Element) rectangles.item(i);
            if (rectangle.getAttribute("class").equals(style)) {
                return Double.parseDouble(rectangle.getAttribute("width"));
            }
        }
        throw new AssertionError("no bar of " + style);
    }
}
