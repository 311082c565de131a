package io.livesale.catalog;

import io.livesale.stack.StackResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;

/** Every test of this module runs on real Kafka and PostgreSQL: Quarkus finds this annotation wherever it stands. */
@QuarkusTestResource(value = StackResource.class, initArgs = @ResourceArg(name = "database", value = "catalog"))
public final class CatalogStack {
    private CatalogStack() {}
}
