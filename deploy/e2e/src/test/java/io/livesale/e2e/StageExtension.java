package io.livesale.e2e;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Hands the one {@link Stage} to the tests that ask for it, and clears it after each. */
final class StageExtension implements ExecutionCondition, ParameterResolver, AfterEachCallback {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (Chromium.find().isPresent()) {
            return ConditionEvaluationResult.enabled("there is a browser");
        }
        store(context).computeIfAbsent("told", key -> {
            System.out.println(Chromium.MISSING);
            return key;
        });
        return ConditionEvaluationResult.disabled(Chromium.MISSING);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Stage.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Object stage = store(context).computeIfAbsent("stage", key -> open());
        if (stage instanceof RuntimeException failure) {
            throw failure;
        }
        return stage;
    }

    /** The stage, or why there is none, which will not be tried again for every test. */
    private static Object open() {
        try {
            return Stage.open();
        } catch (RuntimeException failure) {
            return failure;
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (store(context).get("stage") instanceof Stage stage) {
            stage.clear(context.getRequiredTestMethod().getName());
        }
    }

    /** Of the whole run; what is in it is closed at the end. */
    private static Store store(ExtensionContext context) {
        return context.getRoot().getStore(Namespace.create(StageExtension.class));
    }
}
