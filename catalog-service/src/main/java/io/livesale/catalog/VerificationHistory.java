package io.livesale.catalog;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Everything operators decided about creators. */
@ApplicationScoped
public class VerificationHistory implements PanacheRepositoryBase<VerificationDecision, Long> {
    /** About one creator, newest first. */
    public Uni<List<VerificationDecision>> of(String creatorId, PageRequest<Long> page) {
        return new Where()
                .and("creatorId = ?", creatorId)
                .and("id < ?", page.after())
                .list(this, Sort.descending("id"), page);
    }
}
