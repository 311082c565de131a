package io.livesale.e2e;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests of one running {@link LocalSystem} with its demo sale, handed to whoever asks; the first of them starts it. Each
 * makes the sale it looks at. They come after those that start systems of their own and want the machine for themselves.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(SharedSystemExtension.class)
@Order(Order.DEFAULT + 1)
@interface SharedSystem {}
