package io.livesale.e2e;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Hands the one {@link Stage} to the tests that ask for it, and clears it after each. */
final class StageExtension implements ExecutionCondition, ParameterResolver, AfterEachCallback {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (Chromium.find().isPresent()) {
            return ConditionEvaluationResult.enabled("there is a browser");
        }
        SharedSystemExtension.once(context, String.class, () -> {
            System.out.println(Chromium.MISSING);
            return Chromium.MISSING;
        });
        return ConditionEvaluationResult.disabled(Chromium.MISSING);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Stage.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        LocalSystem system = SharedSystemExtension.system(context);
        return SharedSystemExtension.once(context, Stage.class, () -> Stage.open(system));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        // There is none when it could not be opened, which has failed the test already.
        SharedSystemExtension.find(context, Stage.class)
                .ifPresent(stage -> stage.clear(context.getRequiredTestMethod().getName()));
    }
}
