package io.livesale.payout.earnings;

import io.livesale.payout.Account.Party;
import io.livesale.payout.Account.Stage;
import io.livesale.payout.PayoutSettings;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Comparator;
import java.util.Currency;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads one person's balances; the account names carry whose they are. */
@ApplicationScoped
class Balances {
    private static final String OWN = """
            SELECT account, currency, balance
            FROM account_balance
            WHERE account = ANY ($1)
            """;

    private final Pool pool;
    private final PayoutSettings settings;
    private final NextSettlement nextSettlement;

    Balances(Pool pool, PayoutSettings settings, NextSettlement nextSettlement) {
        this.pool = pool;
        this.settings = settings;
        this.nextSettlement = nextSettlement;
    }

    /** One item for each currency the person ever earned in; a person without earnings has one, all zero. */
    Uni<List<Earnings>> of(String userId) {
        Map<String, Stage> stages = Stream.of(Stage.values())
                .collect(Collectors.toMap(stage -> new Party(userId, stage).accountName(), Function.identity()));
        Tuple accounts = Tuple.tuple().addArrayOfString(stages.keySet().toArray(String[]::new));
        return pool.preparedQuery(OWN).execute(accounts).map(rows -> earnings(rows, stages));
    }

    private List<Earnings> earnings(RowSet<Row> rows, Map<String, Stage> stages) {
        Map<Currency, Map<Stage, Long>> byCurrency = new TreeMap<>(Comparator.comparing(Currency::getCurrencyCode));
        for (Row row : rows) {
            byCurrency
                    .computeIfAbsent(
                            Currency.getInstance(row.getString("currency")), currency -> new EnumMap<>(Stage.class))
                    .put(stages.get(row.getString("account")), row.getLong("balance"));
        }
        if (byCurrency.isEmpty()) {
            byCurrency.put(settings.defaultCurrency(), Map.of());
        }
        Instant on = nextSettlement.at();
        return byCurrency.entrySet().stream()
                .map(entry -> Earnings.of(entry.getKey(), entry.getValue(), settings.minimum(), on))
                .toList();
    }
}
