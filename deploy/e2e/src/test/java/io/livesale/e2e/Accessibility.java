package io.livesale.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.AxeResults;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import java.util.Set;

/** What axe-core finds on a page as it stands, in light and in dark. */
final class Accessibility {
    private static final Set<String> GRAVE = Set.of("serious", "critical");

    private Accessibility() {}

    static void check(Page page) {
        for (ColorScheme colours : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(colours));
            AxeResults results = new AxeBuilder(page).analyze();
            List<String> grave = results.getViolations().stream()
                    .filter(rule -> GRAVE.contains(rule.getImpact()))
                    .map(Accessibility::tell)
                    .toList();
            assertEquals(List.of(), grave, () -> page.url() + " in " + colours);
        }
    }

    private static String tell(Rule rule) {
        return rule.getId() + ": "
                + rule.getNodes().stream()
                        .map(node -> node.getHtml() + " " + node.getFailureSummary())
                        .toList();
    }
}
