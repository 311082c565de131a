package io.livesale.e2e;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Finds what looks like a secret in a line. A key that is meant to be thrown away is base64 of words: random bytes are
 * as good as never all printable, so nobody takes the one for the other, and no list of exceptions is needed.
 */
final class Secrets {
    /** What gives itself away by its form. */
    private static final Map<String, Pattern> FORMS = Map.of(
            "private key", Pattern.compile("-----BEGIN [A-Z ]*PRIVATE KEY"),
            "token", Pattern.compile("\\beyJ[\\w-]{8,}\\.eyJ[\\w-]{8,}\\."),
            "password in a URL", Pattern.compile("(?i)[a-z][a-z0-9+.-]*://[^\\s:/@\"']+:[^\\s/@\"'$]+@"),
            "key of a cloud",
                    Pattern.compile("\\b(AKIA|ASIA)[0-9A-Z]{16}\\b|\\bLTAI[0-9A-Za-z]{16,}|\\bAKID[0-9A-Za-z]{32}"),
            "key of Google", Pattern.compile("\\bAIza[\\w-]{35}"),
            "token of a code host", Pattern.compile("\\b(gh[pousr]_|github_pat_|glpat-)\\w{20,}"),
            "key of a payment provider", Pattern.compile("\\b[rs]k_live_\\w{16,}"));

    private static final Pattern WEBHOOK_SECRET = Pattern.compile("whsec_([A-Za-z0-9+/]{8,}=*)");

    /** A literal for something whose name ends like a secret's: {@code "token": "…"}, {@code ACCOUNT_KEYS=id:…}. */
    private static final Pattern ASSIGNMENT = Pattern.compile(
            "(?i)(?:secret|password|passwd|token|key|credential)s?[\"']?\\s*[=:,>(]\\s*[\"']?(?:whsec_|[\\w.-]{1,32}:)?"
                    + "([a-z0-9+/_-]{20,}=*)");

    /** Likewise in a service's settings, where any literal at all would be a default, but for the word for no key. */
    private static final Pattern DEFAULT = Pattern.compile(
            "(?i)^[^#=]*(?:secret|password|passwd|token|key|credential)s?\\s*=\\s*(?!(?:\\$\\{[\\w.-]+}|NONE)$).+");

    /** Below this a text of twenty characters or more is words: {@code token-key-of-the-demo}. */
    private static final double RANDOM_BITS = 3.7;

    private Secrets() {}

    static List<String> in(String file, String line) {
        List<String> found = new ArrayList<>();
        FORMS.forEach((kind, form) -> {
            if (form.matcher(line).find()) {
                found.add(kind);
            }
        });
        if (groups(WEBHOOK_SECRET, line).stream().anyMatch(key -> !isReadable(key))) {
            found.add("webhook secret");
        }
        if (groups(ASSIGNMENT, line).stream().anyMatch(key -> isRandom(key) && !isReadable(key))) {
            found.add("random value of a secret");
        }
        if (file.endsWith("application.properties") && DEFAULT.matcher(line).matches()) {
            found.add("default of a secret");
        }
        return found;
    }

    private static List<String> groups(Pattern pattern, String line) {
        return pattern.matcher(line).results().map(match -> match.group(1)).toList();
    }

    private static boolean isReadable(String key) {
        try {
            for (byte one : Base64.getDecoder().decode(key)) {
                if (one < ' ' || one > '~') {
                    return false;
                }
            }
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Letters and digits without a pattern; shouted or hyphenated words are none. */
    private static boolean isRandom(String text) {
        return text.matches(".*[0-9].*") && text.matches(".*[A-Za-z].*") && entropy(text) > RANDOM_BITS;
    }

    /** Shannon's entropy in bits a character, by the text's own frequencies. */
    private static double entropy(String text) {
        return text.chars()
                .distinct()
                .mapToDouble(one ->
                        (double) text.chars().filter(other -> other == one).count() / text.length())
                .map(share -> -share * Math.log(share) / Math.log(2))
                .sum();
    }
}
