package io.livesale.catalog.web;

import java.util.logging.LogRecord;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;

/** Whom a message is about, as fields of its own beside the text: {@code orderId=…} can be searched for without reading. */
final class MessageFields {
    private static final Pattern ID = Pattern.compile("\\b([a-z]+Id)=(\\S+)");

    private static final ExtFormatter TEXT = new PatternFormatter("%s");

    private MessageFields() {}

    static void note(LogRecord message) {
        if (message instanceof ExtLogRecord ours
                && String.valueOf(ours.getMessage()).contains("Id=")) {
            Matcher ids = ID.matcher(TEXT.format(ours));
            while (ids.find()) {
                ours.putMdc(ids.group(1), ids.group(2));
            }
        }
    }
}
