package io.livesale.catalog;

import jakarta.validation.Constraint;
import jakarta.validation.OverridesAttribute;
import jakarta.validation.Payload;
import jakarta.validation.ReportAsSingleViolation;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Text that PostgreSQL can store (it takes no NUL character), of a bounded length; empty or blank only if allowed. */
@Constraint(validatedBy = {})
@Size @Pattern(regexp = "[^\\x00]*") @ReportAsSingleViolation
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
public @interface Text {
    /** Characters (UTF-16 units) at most. */
    @OverridesAttribute(constraint = Size.class, name = "max")
    int max();

    String message() default "must be text of at most {max} characters, without NUL";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};
}
