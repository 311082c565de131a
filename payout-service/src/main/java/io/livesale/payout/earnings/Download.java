package io.livesale.payout.earnings;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jboss.resteasy.reactive.RestMulti;
import org.jspecify.annotations.Nullable;

/** A file that is read part by part as the client takes it, so that a long one needs no more memory than a short. */
final class Download {
    /**
     * A part of a file. The header comes with the first: a database that is away is told, not hidden behind the start of
     * a file.
     *
     * @param next where the part after it begins; absent after the last
     */
    record Part<P>(String text, @Nullable P next) {}

    private Download() {}

    /** @param read the part that begins there; the first begins at null */
    static <P> Multi<String> of(String fileName, Function<@Nullable P, Uni<Part<P>>> read) {
        Multi<String> file = Multi.createBy()
                .repeating()
                .uni(
                        () -> new AtomicReference<@Nullable P>(),
                        at -> read.apply(at.get()).invoke(part -> at.set(part.next())))
                .whilst(part -> part.next() != null)
                .map(Part::text);
        return RestMulti.fromMultiData(file)
                .header(HttpHeaders.CONTENT_TYPE, "text/csv;charset=UTF-8")
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + fileName + "\"")
                .build();
    }
}
