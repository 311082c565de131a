package io.livesale.catalog.listing;

import com.github.f4b6a3.uuid.UuidCreator;
import io.livesale.catalog.Product.Content;
import io.livesale.catalog.Product.Description;
import io.livesale.catalog.Product.Terms;
import io.livesale.catalog.Stock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What lines come to, given what there is. Each is decided by itself: no two of a file have the same sku. */
final class ChunkDecision {
    private final Map<String, ProductRow> products;
    private final Set<String> counties;
    private final List<Change> changes = new ArrayList<>();
    private final List<ImportLine.Refused> refused = new ArrayList<>();
    private int created;
    private int unchanged;

    private ChunkDecision(Map<String, ProductRow> products, Set<String> counties) {
        this.products = products;
        this.counties = counties;
    }

    /** @param products the seller's, by sku */
    static ChunkDecision of(List<ImportLine> lines, Map<String, ProductRow> products, Set<String> counties) {
        ChunkDecision decision = new ChunkDecision(products, counties);
        lines.forEach(decision::decide);
        return decision;
    }

    /**
     * A product to be written.
     *
     * @param line that wants it
     * @param stock with the delta in it
     */
    record Change(int line, UUID id, Content content, Stock stock, long delta) {
        Description description() {
            return content.description();
        }

        Terms terms() {
            return content.terms();
        }

        String currency() {
            return content.listPrice().currency().getCurrencyCode();
        }
    }

    List<Change> changes() {
        return changes;
    }

    List<Change> adjustments() {
        return changes.stream().filter(change -> change.delta() != 0).toList();
    }

    ImportReport report() {
        int lines = changes.size() + unchanged + refused.size();
        return new ImportReport(lines, created, changes.size() - created, unchanged, refused.size(), refused);
    }

    private void decide(ImportLine line) {
        if (line instanceof ImportLine.Wanted wanted) {
            decide(wanted, products.get(wanted.body().sku()));
        } else {
            refused.add((ImportLine.Refused) line);
        }
    }

    private void decide(ImportLine.Wanted wanted, @Nullable ProductRow before) {
        Content content = wanted.over(before == null ? null : before.content());
        Stock stock = before == null ? Stock.NONE : before.stock();
        long bound = stock.allotted() + stock.sold();
        long total = stock.available() + bound;
        long delta = wanted.stockTotal() == null ? 0 : wanted.stockTotal() - total;
        if (!counties.contains(content.description().county())) {
            refused.add(wanted.refused(Columns.COUNTY, "must be the code of a known county"));
        } else if (total + delta < bound) {
            refused.add(wanted.refused(
                    Columns.STOCK_TOTAL, "must be at least " + bound + ": so many units are on offer or sold"));
        } else if (before != null && delta == 0 && content.equals(before.content())) {
            unchanged++;
        } else {
            UUID id = before == null ? UuidCreator.getTimeOrderedEpoch() : before.id();
            Stock after = new Stock(stock.available() + delta, stock.allotted(), stock.sold());
            changes.add(new Change(wanted.line(), id, content, after, delta));
            created += before == null ? 1 : 0;
        }
    }
}
