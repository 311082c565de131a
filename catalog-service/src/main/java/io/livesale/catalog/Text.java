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

/**
 * Text that PostgreSQL can store, of a bounded length: no NUL character, and no half of a pair of surrogates, which is no
 * character and would be stored as a question mark.
 */
@Constraint(validatedBy = {})
@Size @Pattern(regexp = "[^\\x00\\p{Cs}]*") @ReportAsSingleViolation
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
public @interface Text {
    /** Characters (UTF-16 units) at most. */
    @OverridesAttribute(constraint = Size.class, name = "max")
    int max();

    String message() default "must be text of at most {max} characters, whole ones and none of them NUL";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};
}
