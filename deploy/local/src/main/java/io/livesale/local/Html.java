package io.livesale.local;

/** Text for an HTML page of the launcher's. */
final class Html {
    private Html() {}

    /** For content and quoted attributes. */
    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
