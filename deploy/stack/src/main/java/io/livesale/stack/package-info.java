/**
 * The real Kafka and PostgreSQL that tests and local runs stand on, and the checks every service's tests share. Test
 * scope for the services: nothing in here is ever part of a service image.
 */
@NullMarked
package io.livesale.stack;

import org.jspecify.annotations.NullMarked;
