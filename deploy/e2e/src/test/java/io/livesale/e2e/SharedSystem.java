package io.livesale.e2e;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Tests of one running {@link LocalSystem} with its demo sale, handed to whoever asks; the first of them starts it. Each
 * makes the sale it looks at. They run in turn, beside those that have systems of their own.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(SharedSystemExtension.class)
@Execution(ExecutionMode.SAME_THREAD)
@Order(Order.DEFAULT + 1)
@interface SharedSystem {}
