package io.livesale.payout.pages;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestResponse;

/** The pages are the same for everybody: what is on them, their scripts ask for with the viewer's token. */
@Path("/")
@PermitAll
@Produces(MediaType.TEXT_HTML + ";charset=UTF-8")
class EarningsPages {
    private final Shells shells;

    EarningsPages(Shells shells) {
        this.shells = shells;
    }

    @CheckedTemplate
    static final class Templates {
        private Templates() {}

        static native TemplateInstance earnings(Shell shell);

        static native TemplateInstance statement(Shell shell);

        static native TemplateInstance impact(Shell shell);

        static native TemplateInstance audit(Shell shell);
    }

    @GET
    @Path("me/earnings")
    @Operation(hidden = true)
    public Uni<RestResponse<String>> earnings(@Context HttpHeaders headers) {
        return Shells.answer(Templates.earnings(shells.of(headers)));
    }

    @GET
    @Path("me/earnings/statement")
    @Operation(hidden = true)
    public Uni<RestResponse<String>> statement(@Context HttpHeaders headers) {
        return Shells.answer(Templates.statement(shells.of(headers)));
    }

    @GET
    @Path("impact")
    @Operation(hidden = true)
    public Uni<RestResponse<String>> impact(@Context HttpHeaders headers) {
        return Shells.answer(Templates.impact(shells.of(headers)));
    }

    @GET
    @Path("impact/audit")
    @Operation(hidden = true)
    public Uni<RestResponse<String>> audit(@Context HttpHeaders headers) {
        return Shells.answer(Templates.audit(shells.of(headers)));
    }
}
