package io.livesale.catalog.reconciliation;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/stock/reconciliation")
@Tag(name = "Products")
class ReconciliationResource {
    private final StockReconciliation reconciliation;

    ReconciliationResource(StockReconciliation reconciliation) {
        this.reconciliation = reconciliation;
    }

    @GET
    @RolesAllowed("operator")
    @Operation(
            summary = "Count the stock anew",
            description = "Of every product, available + allotted + sold must be the sum of its adjustments, and "
                    + "allotted and sold what its offers say by order-service's last figures. Tells the first 100 "
                    + "products of which that is not so.")
    public Uni<Reconciliation> check() {
        return reconciliation.check();
    }
}
