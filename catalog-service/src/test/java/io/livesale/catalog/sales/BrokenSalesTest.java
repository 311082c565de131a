package io.livesale.catalog.sales;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.livesale.catalog.sales.SalesReading.Reading;
import io.livesale.catalog.web.StrictJson;
import io.livesale.stack.BrokenRecords;
import io.livesale.stack.BrokenRecords.Good;
import io.livesale.stack.EventContract;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BrokenSalesTest {
    private static final String OFFER = "01936a1e-1111-7000-8000-000000000001";

    @Test
    void areReadOrSetAside() {
        JsonMapper json = JsonMapper.builder().findAndAddModules().build();
        new StrictJson().customize(json);
        SalesReading reading = new SalesReading(json);
        List<Good> good = Stream.of(SalesReport.CHANGED, SalesReport.SETTLED)
                .map(type -> new Good(
                        type, OFFER, EventContract.of("order-service", type).example()))
                .toList();

        BrokenRecords.tryAll(
                "offer-sales.v1",
                good,
                entry -> reading.read(BrokenRecords.withTextKey(entry)) instanceof Reading.Report);
    }
}
