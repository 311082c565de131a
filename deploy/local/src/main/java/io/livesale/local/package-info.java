/**
 * The whole system on one machine: Kafka, PostgreSQL and the three services as processes of their own, a gateway that
 * routes as the Ingress does in production, and what only development has: tokens for anyone and a sandbox payment
 * provider. Never part of a service image.
 */
@NullMarked
package io.livesale.local;

import org.jspecify.annotations.NullMarked;
