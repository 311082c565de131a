package io.livesale.local;

import io.vertx.core.json.JsonObject;

/**
 * One thing the shop is told.
 *
 * @param id the same for every delivery of it
 */
record WebhookNotice(String id, JsonObject body) {}
