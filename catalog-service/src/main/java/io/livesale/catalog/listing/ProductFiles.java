package io.livesale.catalog.listing;

import com.github.f4b6a3.uuid.UuidCreator;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.InputStream;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestMulti;
import org.jboss.resteasy.reactive.server.Cancellable;

@Path("/products")
@RolesAllowed("seller")
@Tag(name = "Products")
class ProductFiles {
    private static final String CSV = "text/csv";

    private final Importing importing;
    private final Exporting exporting;
    private final JsonWebToken caller;

    ProductFiles(Importing importing, Exporting exporting, JsonWebToken caller) {
        this.importing = importing;
        this.exporting = exporting;
        this.caller = caller;
    }

    /** {@code @Blocking} hands the body over unread. When the sender hangs up, it is the reader who notices. */
    @POST
    @Path("import")
    @Consumes(CSV)
    @Blocking
    @Cancellable(false)
    @Operation(
            summary = "List and change products by a file",
            description =
                    "CSV (RFC 4180, UTF-8), its first line the names of its columns in any order: sku, title, county, "
                            + "listPrice (whole minor units: 1990 is 19.90), currency and commissionBasisPoints; description, "
                            + "imageUrl, settlementProfile and stockTotal if you like. A known sku changes that product, another "
                            + "makes one; a column that is not there leaves what is. stockTotal is all units ever put in, "
                            + "whether still available or not; an empty cell leaves the stock alone. So the same file again "
                            + "changes nothing. At most 10,000 lines. Good lines are imported whatever the others are.")
    @RequestBody(
            content =
                    @Content(
                            mediaType = CSV,
                            schema =
                                    @Schema(
                                            implementation = String.class,
                                            examples =
                                                    "sku,title,county,listPrice,currency,commissionBasisPoints,stockTotal\r\nMP-250,Mushroom paste,610726,2590,CNY,2000,500\r\n")))
    @APIResponse(responseCode = "200", description = "What became of the lines")
    @APIResponse(
            responseCode = "400",
            description = "No such file. The detail says how many lines were imported before that was seen.")
    @APIResponse(responseCode = "503", description = "UNAVAILABLE: as many imports are running as may, or no database")
    public Uni<ImportReport> importFile(InputStream body) {
        return importing.run(caller.getSubject(), UuidCreator.getTimeOrderedEpoch(), body);
    }

    @GET
    @Path("export")
    @Produces(CSV + ";charset=UTF-8")
    @Operation(
            summary = "All own products as a file",
            description =
                    "CSV, which an import takes, with the columns productId, available, allotted and sold besides.")
    public Multi<String> export() {
        return RestMulti.fromMultiData(exporting.run(caller.getSubject()))
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"products.csv\"")
                .build();
    }
}
