package io.livesale.payout.pages;

import java.time.Instant;

/**
 * What a page knows besides its own content.
 *
 * @param language {@code zh} or {@code en}
 * @param now by the server's clock, which pages go by
 * @param zone by whose time days and months begin
 * @param tokenUrl see {@link PageSettings}; empty for none, as is {@code signInUrl}
 */
record Shell(String language, Instant now, String zone, String tokenUrl, String signInUrl) {

    /** The text in the page's language. */
    public String say(String chinese, String english) {
        return "zh".equals(language) ? chinese : english;
    }
}
