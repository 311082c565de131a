package io.livesale.benchmark;

import java.util.List;
import java.util.Locale;

/** Bars as an SVG that reads well on light and on dark ground, and without any of its colours. */
record Chart(String title, List<Bar> bars) {
    private static final int WIDTH = 820;
    private static final int LABELS = 300;
    private static final int VALUES = 90;
    private static final int TOP = 62;
    private static final int STEP = 34;
    private static final int THICK = 20;
    private static final int BOTTOM = 14;

    private static final String NOTE =
            "Green: Live Sale. Grey: what it is compared with. Thin lines: from the least to the most of the rounds.";

    private static final String STYLE = """
            text { font: 13px system-ui, sans-serif; fill: #1f2933; }
            .title { font-size: 16px; font-weight: 600; }
            .note { font-size: 12px; opacity: 0.75; }
            .value { font-variant-numeric: tabular-nums; }
            .track { fill: #e4e7eb; }
            .limit { fill: #9aa5b1; }
            .ours { fill: #2f855a; }
            .range { stroke: #1f2933; stroke-width: 1.5; }
            @media (prefers-color-scheme: dark) {
              text { fill: #e4e7eb; }
              .track { fill: #323f4b; }
              .limit { fill: #7b8794; }
              .ours { fill: #48bb78; }
              .range { stroke: #f5f7fa; }
            }
            """;

    /**
     * A median, with a thin line from the least to the most of its rounds.
     *
     * @param ours whether it is this system's figure, else one it is compared with
     */
    record Bar(String label, Median median, boolean ours) {}

    Chart {
        if (bars.isEmpty()) {
            throw new IllegalArgumentException("no bars");
        }
        bars = List.copyOf(bars);
    }

    String svg() {
        double most =
                bars.stream().mapToDouble(bar -> bar.median().most()).max().orElseThrow();
        StringBuilder svg = new StringBuilder();
        int height = TOP + STEP * bars.size() + BOTTOM;
        svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" role=\"img\">%n"
                .formatted(WIDTH, height, WIDTH));
        svg.append("<title>%s</title>%n<style>%n%s</style>%n".formatted(escaped(title), STYLE));
        svg.append(text("title", 0, 20, "start", title));
        svg.append(text("note", 0, 42, "start", NOTE));
        for (int i = 0; i < bars.size(); i++) {
            svg.append(bar(bars.get(i), TOP + STEP * i, most));
        }
        return svg.append("</svg>\n").toString();
    }

    private static String bar(Bar bar, int y, double most) {
        double scale = (WIDTH - LABELS - VALUES) / most;
        double length = scale * bar.median().value();
        int middle = y + THICK / 2;
        return text("label", LABELS - 12, middle + 5, "end", bar.label())
                + rectangle("track", y, scale * most)
                + rectangle(bar.ours() ? "ours" : "limit", y, length)
                + format(
                        "<line class=\"range\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\"/>%n",
                        LABELS + scale * bar.median().least(),
                        LABELS + scale * bar.median().most(),
                        middle,
                        middle)
                + text(
                        "value",
                        WIDTH,
                        middle + 5,
                        "end",
                        Median.number(bar.median().value(), 0));
    }

    private static String rectangle(String style, int y, double length) {
        return format(
                "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"3\"/>%n",
                style, LABELS, y, length, THICK);
    }

    private static String text(String style, int x, int y, String anchor, String text) {
        return format(
                "<text class=\"%s\" x=\"%d\" y=\"%d\" text-anchor=\"%s\">%s</text>%n",
                style, x, y, anchor, escaped(text));
    }

    /** A number is a number in every locale. */
    private static String format(String form, Object... values) {
        return String.format(Locale.ROOT, form, values);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
