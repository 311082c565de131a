package io.livesale.catalog.listing;

import com.github.f4b6a3.uuid.UuidCreator;
import io.livesale.catalog.Counties;
import io.livesale.catalog.CountyCode;
import io.livesale.catalog.InvalidField;
import io.livesale.catalog.Page;
import io.livesale.catalog.PageRequest;
import io.livesale.catalog.Product;
import io.livesale.catalog.Products;
import io.livesale.catalog.Stock;
import io.livesale.catalog.Text;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.time.Clock;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

@Path("/products")
@Tag(name = "Products")
class ProductResource {
    private static final Logger LOG = Logger.getLogger(ProductResource.class);

    private final Products products;
    private final Counties counties;
    private final StockAdjusting adjusting;
    private final JsonWebToken caller;
    private final Clock clock;

    ProductResource(Products products, Counties counties, StockAdjusting adjusting, JsonWebToken caller, Clock clock) {
        this.products = products;
        this.counties = counties;
        this.adjusting = adjusting;
        this.caller = caller;
        this.clock = clock;
    }

    record AdjustmentBody(
            @NotNull @Pattern(regexp = "[!-~]{1,64}", message = "must be 1 to 64 visible ASCII characters") @Schema(description = "Made by you; the same one again is answered with the first result.")
            @Nullable String adjustmentId,

            @NotNull @Min(-1_000_000_000) @Max(1_000_000_000) @Schema(description = "Units put in, or taken out when negative; not 0.", examples = "500")
            @Nullable Long delta,

            @Text(max = 500) @Nullable String reason) {}

    @POST
    @RolesAllowed("seller")
    @WithTransaction
    @ResponseStatus(201)
    @Operation(summary = "List a product", description = "It starts without stock: add units by a stock adjustment.")
    @APIResponse(responseCode = "201", description = "The product")
    @APIResponse(responseCode = "409", description = "SKU_TAKEN")
    public Uni<ProductView> list(@NotNull @Valid ProductBody body) {
        Product product =
                new Product(UuidCreator.getTimeOrderedEpoch(), caller.getSubject(), body.toContent(), clock.instant());
        return products.claimSku(body.sku(), product.sellerId(), product.id())
                .chain(() -> counties.requireKnown("county", body.county()))
                .chain(() -> products.persist(product))
                .invoke(() -> LOG.infof("product listed productId=%s sellerId=%s", product.id(), product.sellerId()))
                .map(ProductView::of);
    }

    @PUT
    @Path("{id}")
    @RolesAllowed("seller")
    @WithTransaction
    @Operation(
            summary = "Change a product",
            description = "What is absent is removed; the stock stays. Offers made before keep the title, picture, "
                    + "county, list price, commission and settlement profile they were made with.")
    @APIResponse(responseCode = "200", description = "The product as it is now")
    @APIResponse(responseCode = "409", description = "SKU_TAKEN")
    public Uni<ProductView> change(@RestPath UUID id, @NotNull @Valid ProductBody body) {
        String sellerId = caller.getSubject();
        return products.claimSku(body.sku(), sellerId, id)
                .chain(() -> products.requireOwnLocked(id, sellerId))
                .call(() -> counties.requireKnown("county", body.county()))
                .invoke(product -> product.change(body.toContent()))
                .invoke(() -> LOG.infof("product changed productId=%s sellerId=%s", id, sellerId))
                .map(ProductView::of);
    }

    @GET
    @Path("{id}")
    @PermitAll
    @WithSession
    @Operation(summary = "A product with its stock")
    public Uni<ProductView> get(@RestPath UUID id) {
        return products.require(id).map(ProductView::of);
    }

    @GET
    @PermitAll
    @WithSession
    @Operation(
            summary = "Products, newest first",
            description = "All of them, or those of one seller (?sellerId=), from one county (?county=), with these "
                    + "characters somewhere in the title, in any case (?q=).")
    public Uni<Page<ProductView>> list(
            @RestQuery @Text(max = 200) @Nullable String sellerId,
            @RestQuery @Pattern(regexp = CountyCode.FORM, message = CountyCode.MESSAGE) @Nullable String county,
            @RestQuery @Text(max = 100) @Nullable String q,
            @RestQuery @Nullable String limit,
            @RestQuery @Nullable String cursor) {
        PageRequest<UUID> page = PageRequest.byUuid(limit, cursor);
        return products.list(new Products.Wanted(sellerId, county, q), page)
                .map(rows -> Page.of(page, rows, Product::id, ProductView::of));
    }

    @POST
    @Path("{id}/stock-adjustments")
    @RolesAllowed("seller")
    @Operation(
            summary = "Put units in or take them out",
            description = "Idempotent by adjustmentId: a repeat is answered with the first result and changes nothing. "
                    + "One that was refused left no trace and may be tried again.")
    @APIResponse(responseCode = "200", description = "The stock right after this adjustment")
    @APIResponse(responseCode = "409", description = "INSUFFICIENT_STOCK or ADJUSTMENT_ID_REUSED")
    public Uni<Stock> adjust(@RestPath UUID id, @NotNull @Valid AdjustmentBody body) {
        if (body.delta() == 0) {
            throw new InvalidField("delta", "must not be 0");
        }
        return adjusting.adjust(id, caller.getSubject(), body.adjustmentId(), body.delta(), body.reason());
    }
}
