package io.livesale.catalog.watching;

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
import org.jboss.resteasy.reactive.RestResponse.Status;

/** The desks of creators and operators. The pages are the same for everybody: what is on them, their scripts ask for. */
@Path("/")
@PermitAll
@Produces(MediaType.TEXT_HTML + ";charset=UTF-8")
class DeskPages {
    private final Shells shells;

    DeskPages(Shells shells) {
        this.shells = shells;
    }

    @CheckedTemplate
    static final class Templates {
        private Templates() {}

        static native TemplateInstance sessions(Shell shell);

        static native TemplateInstance admin(Shell shell);
    }

    @GET
    @Path("me/sessions")
    @Operation(hidden = true)
    public Uni<RestResponse<String>> sessions(@Context HttpHeaders headers) {
        return Shells.answer(Status.OK, Templates.sessions(shells.of(headers)));
    }

    @GET
    @Path("admin")
    @Operation(hidden = true)
    public Uni<RestResponse<String>> admin(@Context HttpHeaders headers) {
        return Shells.answer(Status.OK, Templates.admin(shells.of(headers)));
    }
}
