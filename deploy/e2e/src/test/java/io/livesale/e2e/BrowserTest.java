package io.livesale.e2e;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What people see and do, in the machine's Chromium. All such tests share one system, which the first of them starts;
 * they come after all others, which want the machine for themselves.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(StageExtension.class)
@Order(Order.DEFAULT + 1)
@interface BrowserTest {}
