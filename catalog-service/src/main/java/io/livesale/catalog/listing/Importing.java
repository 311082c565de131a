package io.livesale.catalog.listing;

import static java.util.stream.Collectors.reducing;

import io.livesale.catalog.Problem;
import io.livesale.catalog.listing.ProductLines.Chunk;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.validation.Validator;
import java.io.InputStream;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Imports a seller's products while their file arrives. A chunk is read, which blocks and so is done by a worker, then
 * written, which does not, and only then is the next one read: no more than a chunk is ever held, and a slow database
 * slows the sender.
 */
@ApplicationScoped
class Importing {
    private static final Logger LOG = Logger.getLogger(Importing.class);

    private final ProductBook book;
    private final ImportSettings settings;
    private final Validator validator;
    private final Clock clock;
    private final long longestBody;
    private final Semaphore places;

    Importing(
            ProductBook book,
            ImportSettings settings,
            Validator validator,
            Clock clock,
            @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize longestBody) {
        this.book = book;
        this.settings = settings;
        this.validator = validator;
        this.clock = clock;
        this.longestBody = longestBody.asLongValue();
        this.places = new Semaphore(settings.atOnce());
    }

    /** Writes all good lines, whatever the others are; what is written stays written when the rest fails. */
    Uni<ImportReport> run(String sellerId, UUID importId, InputStream body) {
        if (!places.tryAcquire()) {
            throw Problem.UNAVAILABLE.because("As many imports are running as may run at once; try again shortly.");
        }
        InputStream file =
                new BoundedBody(body, longestBody, clock, clock.instant().plus(settings.longest()));
        ProductLines lines = new ProductLines(file, settings, validator);
        return Uni.createFrom()
                .item(lines::next)
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .chain(chunk -> write(sellerId, importId, chunk))
                .repeat()
                .whilst(written -> !written.last())
                .map(Written::report)
                .collect()
                .with(reducing(ImportReport.NOTHING, (all, next) -> all.plus(next, settings.problemsTold())))
                .onTermination()
                .invoke(places::release)
                .invoke(report -> LOG.infof(
                        "products imported sellerId=%s importId=%s lines=%d created=%d changed=%d refused=%d",
                        sellerId, importId, report.lines(), report.created(), report.changed(), report.refused()))
                .onFailure()
                .invoke(failure -> LOG.infof(
                        "import broken off sellerId=%s importId=%s reason=%s",
                        sellerId, importId, failure.getMessage()));
    }

    private record Written(ImportReport report, boolean last) {}

    private Uni<Written> write(String sellerId, UUID importId, Chunk chunk) {
        return book.write(sellerId, importId, chunk.lines()).map(report -> new Written(report, chunk.last()));
    }
}
