package io.livesale.catalog;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A query parameter that names one of a few. */
public final class Choice {
    private Choice() {}

    /** The one of exactly this name, none for no text. Throws {@link InvalidField}. */
    public static <E extends Enum<E>> @Nullable E of(Class<E> choices, String field, @Nullable String text) {
        if (text == null) {
            return null;
        }
        return Arrays.stream(choices.getEnumConstants())
                .filter(choice -> choice.name().equals(text))
                .findFirst()
                .orElseThrow(() -> new InvalidField(field, "must be one of " + names(choices)));
    }

    private static <E extends Enum<E>> String names(Class<E> choices) {
        return Arrays.stream(choices.getEnumConstants()).map(Enum::name).collect(Collectors.joining(", "));
    }
}
