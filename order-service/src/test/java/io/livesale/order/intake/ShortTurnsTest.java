package io.livesale.order.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One event loop with a real crowd before it, held up until all of them have pressed. */
@Timeout(30)
class ShortTurnsTest {
    private static final int TURNS = 3;
    private static final int CROWD = TURNS * ShortTurns.MOST_SOCKETS;

    private final Vertx vertx =
            Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setPreferNativeTransport(true));
    private final List<Duration> behind = new ArrayList<>();
    private final List<Integer> tasksDone = new ArrayList<>();
    private final List<Socket> crowd = new ArrayList<>();
    private final CountDownLatch served = new CountDownLatch(CROWD);
    private int tasks;

    @BeforeEach
    void gather() throws IOException, InterruptedException {
        CountDownLatch arrived = new CountDownLatch(CROWD);
        NetServer server = await(vertx.createNetServer()
                .connectHandler(socket -> {
                    arrived.countDown();
                    serve(socket);
                })
                .listen(0, "localhost"));
        for (int i = 0; i < CROWD; i++) {
            crowd.add(new Socket(InetAddress.getLoopbackAddress(), server.actualPort()));
        }
        assertTrue(arrived.await(10, TimeUnit.SECONDS));
    }

    private void serve(NetSocket socket) {
        socket.handler(press -> {
            behind.add(ShortTurns.behind());
            tasksDone.add(tasks);
            vertx.getOrCreateContext().runOnContext(step -> {
                tasks++;
                served.countDown();
            });
        });
    }

    @AfterEach
    void stop() throws IOException {
        for (Socket client : crowd) {
            client.close();
        }
        await(vertx.close());
    }

    @Test
    void aLoopGoesOnWithWhatItHasBegunBeforeItTakesMore() throws Exception {
        pressAllAtOnce();

        assertEquals(0, tasksDone.get(0));
        assertTrue(tasksDone.get(CROWD - 1) > 0, () -> "none was done before all were read: " + tasksDone);
    }

    @Test
    void aLoopIsBehindUntilItHasGotToTheEnd() throws Exception {
        pressAllAtOnce();

        assertTrue(behind.stream().anyMatch(time -> time.toNanos() > 0), () -> "never behind: " + behind);
        assertEquals(Duration.ZERO, await(onLoop(ShortTurns::behind)));
    }

    private void pressAllAtOnce() throws Exception {
        CountDownLatch allPressed = new CountDownLatch(1);
        Future<Boolean> heldUp = onLoop(() -> allPressed.await(10, TimeUnit.SECONDS));
        for (Socket client : crowd) {
            client.getOutputStream().write('!');
        }
        allPressed.countDown();
        assertTrue(await(heldUp));
        assertTrue(served.await(10, TimeUnit.SECONDS));
    }

    private <T> Future<T> onLoop(Callable<T> step) {
        CompletableFuture<T> result = new CompletableFuture<>();
        vertx.runOnContext(now -> {
            try {
                result.complete(step.call());
            } catch (Exception e) {
                result.completeExceptionally(e);
            }
        });
        return Future.fromCompletionStage(result);
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }
}
