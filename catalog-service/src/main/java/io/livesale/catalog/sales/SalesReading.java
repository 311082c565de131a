package io.livesale.catalog.sales;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Reads a record of {@code offer-sales.v1}. */
@ApplicationScoped
class SalesReading {
    private final ObjectMapper json;

    SalesReading(ObjectMapper json) {
        this.json = json;
    }

    /** What a record is to us. */
    sealed interface Reading {
        record Report(ConsumerRecord<String, byte[]> from, SalesReport report) implements Reading {}

        /** A type of event we do not ask for, or the tombstone of a compacted topic. */
        record NotForUs() implements Reading {}

        record Unreadable(ConsumerRecord<String, byte[]> from, String reason) implements Reading {}
    }

    Reading read(ConsumerRecord<String, byte[]> record) {
        String type = type(record).orElse("");
        boolean settled = type.equals(SalesReport.SETTLED);
        if (record.value() == null || !(settled || type.isEmpty() || type.equals(SalesReport.CHANGED))) {
            return new Reading.NotForUs();
        }
        if (type.isEmpty()) {
            return new Reading.Unreadable(record, "ce_type is missing");
        }
        try {
            return reading(record, reader().readValue(record.value()), settled);
        } catch (JsonProcessingException e) {
            return new Reading.Unreadable(record, e.getOriginalMessage());
        } catch (IOException e) {
            return new Reading.Unreadable(record, e.toString());
        }
    }

    private static Reading reading(
            ConsumerRecord<String, byte[]> record, @Nullable SalesReport report, boolean settled) {
        if (report == null) {
            return new Reading.Unreadable(record, "the value is null");
        }
        return settled && report.unsold() == null
                ? new Reading.Unreadable(record, "unsold is missing")
                : new Reading.Report(record, report);
    }

    private ObjectReader reader() {
        return json.readerFor(SalesReport.class).without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    }

    private static Optional<String> type(ConsumerRecord<String, byte[]> record) {
        return Optional.ofNullable(record.headers().lastHeader("ce_type"))
                .map(Header::value)
                .map(value -> new String(value, StandardCharsets.UTF_8));
    }
}
