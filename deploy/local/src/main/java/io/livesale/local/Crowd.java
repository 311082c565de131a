package io.livesale.local;

import io.livesale.local.Press.Viewer;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** The viewers: they sign in, press "buy", ask after their orders, and pay. Lives on one event loop. */
final class Crowd {
    private static final Buffer NOTHING = new JsonObject().toBuffer();

    private final SpikeApi api;
    private final Follower follower;
    private final int atATime;
    private final List<Future<?>> waiting = new ArrayList<>();
    private volatile int steps;
    private int unpaid;

    /** @param atATime calls under way at any time, without those of viewers who wait for their outcome */
    Crowd(SpikeApi api, Follower follower, int atATime) {
        this.api = api;
        this.follower = follower;
        this.atATime = atATime;
    }

    /** How many of the current phase are through. */
    int steps() {
        return steps;
    }

    /** Payments that did not go through at the sandbox. */
    int unpaid() {
        return unpaid;
    }

    Future<List<Viewer>> signIn(List<String> names) {
        List<Viewer> viewers = new ArrayList<>();
        return each(names, name -> {
                    JsonObject person = JsonObject.of("subject", name, "roles", JsonArray.of("buyer"));
                    return api.send(api.request(HttpMethod.POST, "/dev/tokens", null), person.toBuffer())
                            .onSuccess(answer -> viewers.add(new Viewer(name, token(answer))));
                })
                .map(viewers);
    }

    /** Presses "buy" for each. Who waits for the outcome stands aside meanwhile, and may still when this completes. */
    Future<Void> buy(List<Press> presses, String offer, int quantity, int atATime) {
        Buffer body = JsonObject.of("offerId", offer, "quantity", quantity).toBuffer();
        return each(presses, atATime, press -> {
            Future<?> bought = buy(press, body);
            if (press.waits) {
                waiting.add(bought);
            }
            return press.waits ? Future.succeededFuture() : bought;
        });
    }

    private Future<?> buy(Press press, Buffer body) {
        HttpRequest<Buffer> request =
                api.request(HttpMethod.POST, "/orders", press.viewer.token()).putHeader("Idempotency-Key", press.key);
        if (press.waits) {
            request.putHeader("Prefer", "wait=10");
        }
        press.pressed();
        return api.send(request, body)
                .onSuccess(answer -> note(press, answer))
                .compose(
                        answer -> press.waits && press.isAccepted() ? outcome(press, answer) : Future.succeededFuture())
                .otherwiseEmpty();
    }

    private Future<?> outcome(Press press, SpikeApi.Answer answer) {
        if (answer.status() == 200) {
            press.heardOutcome();
            return Future.succeededFuture();
        }
        return follower.follow(press, decided -> true);
    }

    private static void note(Press press, SpikeApi.Answer answer) {
        JsonObject body = answer.json();
        if (answer.status() / 100 == 2) {
            String order = body.getString("orderId");
            String location = answer.response().getHeader("Location");
            press.accepted(order, location == null ? "/orders/" + order : location);
        } else if (answer.isClear()) {
            press.refused(body.getString("code", "HTTP_" + answer.status()), answer.repeated());
        }
    }

    /** Completes when everybody who waits has an outcome, or has given up. */
    Future<Void> noMoreWaiting() {
        List<Future<?>> all = List.copyOf(waiting);
        waiting.clear();
        return Future.all(all).mapEmpty();
    }

    /** Asks after each until its order is where it should get to. */
    Future<Void> ask(List<Press> accepted, Predicate<Outcome> arrived) {
        follower.begin();
        return each(accepted, press -> follower.follow(press, arrived));
    }

    /** Pays these through the sandbox, pressing its button, and asks after each until it is paid. */
    Future<Void> pay(List<Press> reserved) {
        follower.begin();
        return each(
                reserved,
                press -> api.send(
                                api.request(
                                        HttpMethod.POST,
                                        "/orders/" + press.orderId() + "/payment",
                                        press.viewer.token()),
                                NOTHING)
                        .map(answer -> answer.json().getString("redirectUrl"))
                        .compose(page -> api.send(api.request(HttpMethod.POST, page + "/pay", null), null))
                        .compose(answer -> follower.follow(press, Outcome::isPaid))
                        .otherwise(noAnswer -> {
                            unpaid++;
                            return null;
                        }));
    }

    private <T> Future<Void> each(List<T> all, Function<T, Future<?>> work) {
        return each(all, atATime, work);
    }

    private <T> Future<Void> each(List<T> all, int atATime, Function<T, Future<?>> work) {
        steps = 0;
        Iterator<T> left = all.iterator();
        return Lanes.run(atATime, () -> left.hasNext() ? work.apply(left.next()).onSuccess(done -> steps++) : null);
    }

    private static String token(SpikeApi.Answer answer) {
        String token = answer.json().getString("token");
        if (token == null) {
            throw new CannotStart("/dev/tokens answered " + answer.status() + ": is this a local system?");
        }
        return token;
    }
}
