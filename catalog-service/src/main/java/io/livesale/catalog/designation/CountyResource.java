package io.livesale.catalog.designation;

import io.livesale.catalog.Counties;
import io.livesale.catalog.County;
import io.livesale.catalog.CountyCode;
import io.livesale.catalog.Page;
import io.livesale.catalog.PageRequest;
import io.livesale.catalog.Text;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.Cache;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

@Path("/counties")
@Tag(name = "Counties")
class CountyResource {
    /** Every viewer of a session asks for the counties of its goods, and their names hardly ever change. */
    private static final int FRESH_SECONDS = 300;

    private static final Logger LOG = Logger.getLogger(CountyResource.class);

    private final Counties counties;

    CountyResource(Counties counties) {
        this.counties = counties;
    }

    record CountyBody(
            @NotBlank @Text(max = 100) @Nullable String name,
            @NotBlank @Text(max = 100) @Nullable String province,
            @NotNull @Nullable Boolean designated) {}

    record CountyView(String code, String name, String province, boolean designated) {
        static CountyView of(County county) {
            return new CountyView(county.code(), county.name(), county.province(), county.designated());
        }
    }

    @PUT
    @Path("{code}")
    @RolesAllowed("operator")
    @WithTransaction
    @Operation(summary = "Make or change a county", description = "The code is yours to choose, once and for all.")
    public Uni<CountyView> put(
            @RestPath @Pattern(regexp = CountyCode.FORM, message = CountyCode.MESSAGE) String code,
            @NotNull @Valid CountyBody body) {
        CountyView county = new CountyView(code, body.name(), body.province(), body.designated());
        return counties.put(county.code(), county.name(), county.province(), county.designated())
                .invoke(() -> LOG.infof("county set code=%s designated=%s", code, county.designated()))
                .replaceWith(county);
    }

    @GET
    @Path("{code}")
    @PermitAll
    @WithSession
    @Cache(maxAge = FRESH_SECONDS)
    @Operation(summary = "A county")
    public Uni<CountyView> get(@RestPath @Pattern(regexp = CountyCode.FORM, message = CountyCode.MESSAGE) String code) {
        return counties.require(code).map(CountyView::of);
    }

    @GET
    @PermitAll
    @WithSession
    @Operation(summary = "All counties", description = "In the order of their codes, a page at a time.")
    public Uni<Page<CountyView>> list(@RestQuery @Nullable String limit, @RestQuery @Nullable String cursor) {
        PageRequest<String> page = PageRequest.byCode(limit, cursor);
        return counties.list(page).map(rows -> Page.of(page, rows, County::code, CountyView::of));
    }
}
