/** The image that {@code deploy/kubernetes/components/sandbox} runs; what it does stands in {@code deploy/local}. */
@NullMarked
package io.livesale.sandbox;

import org.jspecify.annotations.NullMarked;
