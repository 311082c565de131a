package io.livesale.local;

import io.livesale.local.Press.Viewer;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** The viewers: they sign in, press "buy", and pay. Lives on one event loop. */
final class Crowd {
    private final SpikeApi api;
    private final int atATime;
    private final Map<String, Integer> turnedAway = new TreeMap<>();
    private volatile int steps;
    private int unanswered;
    private int unpaid;

    /** @param atATime calls under way at any time */
    Crowd(SpikeApi api, int atATime) {
        this.api = api;
        this.atATime = atATime;
    }

    /** How many of the current phase are through. */
    int steps() {
        return steps;
    }

    /** Presses that got no clear answer in all attempts. */
    int unanswered() {
        return unanswered;
    }

    /** Payments that did not go through at the sandbox. */
    int unpaid() {
        return unpaid;
    }

    /** Presses refused at the door, by code. */
    Map<String, Integer> turnedAway() {
        return turnedAway;
    }

    Future<List<Viewer>> signIn(List<String> names) {
        List<Viewer> viewers = new ArrayList<>();
        return each(
                        names,
                        name -> api.send(
                                        api.request(HttpMethod.POST, "/dev/tokens", null),
                                        JsonObject.of("subject", name, "roles", JsonArray.of("buyer")))
                                .onSuccess(answer -> viewers.add(new Viewer(name, token(answer)))))
                .map(viewers);
    }

    /** Presses "buy" for each and hands what was accepted to the follower. */
    Future<Void> buy(List<Press> presses, String offer, int quantity, Follower follower) {
        JsonObject body = JsonObject.of("offerId", offer, "quantity", quantity);
        return each(presses, press -> {
            press.pressed();
            return api.send(
                            api.request(HttpMethod.POST, "/orders", press.viewer.token())
                                    .putHeader("Idempotency-Key", press.key),
                            body)
                    .onSuccess(answer -> note(press, answer, follower))
                    .otherwise(noAnswer -> {
                        unanswered++;
                        return null;
                    });
        });
    }

    /** Pays these through the sandbox, pressing its button, and hands them to the follower. */
    Future<Void> pay(List<Press> reserved, Follower follower) {
        return each(
                reserved,
                press -> api.send(
                                api.request(
                                        HttpMethod.POST,
                                        "/orders/" + press.orderId() + "/payment",
                                        press.viewer.token()),
                                new JsonObject())
                        .map(answer -> SpikeApi.json(answer).getString("redirectUrl"))
                        .compose(page -> api.send(api.request(HttpMethod.POST, page + "/pay", null), null))
                        .onSuccess(answer -> follower.add(press))
                        .otherwise(noAnswer -> {
                            unpaid++;
                            return null;
                        }));
    }

    private void note(Press press, HttpResponse<Buffer> answer, Follower follower) {
        JsonObject body = SpikeApi.json(answer);
        if (answer.statusCode() / 100 == 2) {
            String order = body.getString("orderId");
            String location = answer.getHeader("Location");
            press.accepted(order, location == null ? "/orders/" + order : location);
            follower.add(press);
        } else if (SpikeApi.isClear(answer.statusCode())) {
            turnedAway.merge(body.getString("code", "HTTP_" + answer.statusCode()), 1, Integer::sum);
        } else {
            unanswered++;
        }
    }

    private <T> Future<Void> each(List<T> all, Function<T, Future<?>> work) {
        steps = 0;
        Iterator<T> left = all.iterator();
        return Lanes.run(atATime, () -> left.hasNext() ? work.apply(left.next()).onSuccess(done -> steps++) : null);
    }

    private static String token(HttpResponse<Buffer> answer) {
        String token = SpikeApi.json(answer).getString("token");
        if (token == null) {
            throw new CannotStart("/dev/tokens answered " + answer.statusCode() + ": is this a local system?");
        }
        return token;
    }
}
