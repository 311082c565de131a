package io.livesale.stack;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;

/**
 * The package rule every service keeps: the root package is the domain, feature packages may use the root, never each
 * other, and the root knows none of them; packages are named after what happens, never after layers; the domain asks no
 * clock and rolls no dice.
 */
public final class PackageRules {
    private static final String[] LAYER_NAMES = {
        "..service..", "..dto..", "..impl..", "..util..", "..common..", "..manager..", "..helper.."
    };

    private PackageRules() {}

    /**
     * Fails with every breach found.
     *
     * @param root the service's root package, {@code io.livesale.order}
     */
    public static void check(String root) {
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(root);
        featuresDoNotUseEachOther(root).check(classes);
        rootUsesNoFeature(root).check(classes);
        noClasses().should().resideInAnyPackage(LAYER_NAMES).check(classes);
        domainTakesTimeAndIdsFromItsCallers(root).check(classes);
    }

    private static ArchRule featuresDoNotUseEachOther(String root) {
        return slices().matching(root + ".(*)..").should().notDependOnEachOther();
    }

    private static ArchRule rootUsesNoFeature(String root) {
        return noClasses().that().resideInAPackage(root).should().dependOnClassesThat(inFeatureOf(root));
    }

    private static ArchRule domainTakesTimeAndIdsFromItsCallers(String root) {
        return noClasses()
                .that()
                .resideInAPackage(root)
                .should()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(java.util.UUID.class, "randomUUID");
    }

    private static DescribedPredicate<JavaClass> inFeatureOf(String root) {
        return DescribedPredicate.describe(
                "are in a feature package", type -> type.getPackageName().startsWith(root + "."));
    }
}
