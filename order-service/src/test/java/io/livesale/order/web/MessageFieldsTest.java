package io.livesale.order.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.ExtLogRecord.FormatStyle;
import org.jboss.logmanager.Level;
import org.junit.jupiter.api.Test;

class MessageFieldsTest {
    @Test
    void tellsWhomAMessageIsAbout() {
        assertEquals(
                Map.of("orderId", "4f1c", "refundId", "system:late"),
                fields("refund accepted orderId=%s refundId=%s", "4f1c", "system:late"));
    }

    @Test
    void tellsNothingMore() {
        assertEquals(Map.of(), fields("trying again step=\"%s\" reason=%s", "write", "Id=none"));
        assertEquals(Map.of(), fields("nothing to tell"));
    }

    private static Map<String, String> fields(String message, Object... parameters) {
        ExtLogRecord told = new ExtLogRecord(Level.INFO, message, FormatStyle.PRINTF, "test");
        told.setParameters(parameters);
        new ConsoleLog().isLoggable(told);
        return told.getMdcCopy();
    }
}
