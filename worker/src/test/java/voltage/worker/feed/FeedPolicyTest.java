package voltage.worker.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import voltage.worker.feed.FeedPolicy.Action;

class FeedPolicyTest {
    private static final long SECOND = 1_000_000_000L;
    private static final FeedLimits LIMITS = new FeedLimits(
            10 * SECOND,
            5 * SECOND,
            60 * SECOND,
            15 * SECOND,
            60 * SECOND,
            300 * SECOND,
            20,
            600 * SECOND,
            Map.of("trade", 60 * SECOND, "ticker", 200 * SECOND));

    private long now = 77 * SECOND;
    private final FeedPolicy policy = policy(LIMITS, false);

    private static FeedPolicy policy(FeedLimits limits, boolean backfills) {
        return new FeedPolicy(
                limits, backfills, RandomGeneratorFactory.of("L64X128MixRandom").create(3));
    }

    private void goLive() {
        policy.start(now);
        assertThat(policy.opened(now)).containsExactly(new Action.Subscribe());
    }

    /** Heartbeats once a second for so long; what the policy wants meanwhile. */
    private List<Action> heartbeats(int seconds) {
        List<Action> actions = new ArrayList<>();
        for (int i = 0; i < seconds; i++) {
            now += SECOND;
            policy.received(now);
            actions.addAll(policy.tick(now));
        }
        return actions;
    }

    @Test
    void a_started_feed_connects_and_then_subscribes() {
        assertThat(policy.start(now)).containsExactly(new Action.Connect());
        assertThat(policy.start(now)).as("a second start").isEmpty();
        assertThat(policy.state()).isEqualTo(FeedState.CONNECTING);
        assertThat(policy.opened(now)).containsExactly(new Action.Subscribe());
        assertThat(policy.state()).isEqualTo(FeedState.LIVE);
    }

    @Test
    void the_past_is_fetched_before_the_stream_resumes() {
        FeedPolicy backfilling = policy(LIMITS, true);
        backfilling.start(now);
        assertThat(backfilling.opened(now)).containsExactly(new Action.Backfill());
        assertThat(backfilling.tick(now + 30 * SECOND))
                .as("silence is no matter yet")
                .isEmpty();
        assertThat(backfilling.backfilled(now + 31 * SECOND)).containsExactly(new Action.Subscribe());
        assertThat(backfilling.deadlineNanos()).isEqualTo(now + 36 * SECOND);
    }

    @Test
    void a_backfill_that_never_ends_does_not_keep_the_stream_down() {
        FeedPolicy backfilling = policy(LIMITS, true);
        backfilling.start(now);
        backfilling.opened(now);
        assertThat(backfilling.tick(now + 60 * SECOND)).containsExactly(new Action.Subscribe());
        assertThat(backfilling.backfilled(now + 61 * SECOND)).isEmpty();
    }

    @Test
    void a_silent_socket_is_given_up() {
        goLive();
        assertThat(policy.tick(now + 4 * SECOND)).isEmpty();
        assertThat(policy.tick(now + 5 * SECOND)).singleElement().isInstanceOf(Action.Close.class);
        assertThat(policy.state()).isEqualTo(FeedState.CLOSING);
        policy.closed("closed here", now + 5 * SECOND);
        assertThat(policy.state()).isEqualTo(FeedState.WAITING);
        assertThat(policy.problem()).contains("no frame for 5 s");
    }

    @Test
    void a_socket_that_does_not_end_when_told_is_abandoned() {
        goLive();
        policy.tick(now + 5 * SECOND);
        policy.tick(now + 10 * SECOND);
        assertThat(policy.state()).isEqualTo(FeedState.WAITING);
    }

    @Test
    void a_subscription_silent_behind_heartbeats_is_asked_for_again_then_the_connection_is_given_up() {
        goLive();
        assertThat(heartbeats(59)).isEmpty();
        assertThat(heartbeats(1)).containsExactly(new Action.Resubscribe("trade"));
        assertThat(heartbeats(14)).isEmpty();
        assertThat(heartbeats(1)).containsExactly(new Action.Close("trade silent for 75 s"));
    }

    @Test
    void data_after_asking_again_heals() {
        goLive();
        heartbeats(60);
        policy.data("trade", now);
        assertThat(heartbeats(59)).isEmpty();
    }

    @Test
    void a_market_that_stays_quiet_is_reconnected_ever_more_rarely() {
        List<Integer> secondsToClose = new ArrayList<>();
        for (int round = 0; round < 5; round++) {
            policy.start(now);
            policy.opened(now);
            int seconds = 0;
            while (heartbeats(1).stream().noneMatch(Action.Close.class::isInstance)) {
                policy.data("ticker", now);
                seconds++;
            }
            secondsToClose.add(seconds + 1);
            policy.closed("closed here", now);
            now = policy.deadlineNanos();
            policy.tick(now);
        }
        assertThat(secondsToClose).containsExactly(75, 135, 255, 495, 495);
    }

    @Test
    void an_attempt_that_takes_too_long_is_given_up() {
        policy.start(now);
        assertThat(policy.tick(now + 10 * SECOND)).singleElement().isInstanceOf(Action.Close.class);
    }

    @Test
    void attempts_back_off_to_thirty_seconds_with_jitter() {
        policy.start(now);
        double[] expected = {1, 2, 4, 8, 16, 30, 30};
        for (double seconds : expected) {
            policy.closed("refused", now);
            double delay = (policy.deadlineNanos() - now) / (double) SECOND;
            assertThat(delay).isBetween(seconds * 0.8, seconds * 1.2);
            now = policy.deadlineNanos();
            assertThat(policy.tick(now)).containsExactly(new Action.Connect());
        }
        assertThat(policy.reconnects()).isEqualTo(7);
    }

    @Test
    void a_connection_that_ends_at_once_each_time_still_backs_off() {
        policy.start(now);
        for (int i = 0; i < 6; i++) {
            policy.opened(now);
            now += SECOND;
            policy.closed("restarting", now);
            now = policy.deadlineNanos();
            policy.tick(now);
        }
        policy.closed("restarting", now);
        assertThat(policy.deadlineNanos() - now).isGreaterThan(20 * SECOND);
    }

    @Test
    void a_connection_that_was_good_for_a_minute_starts_over_with_the_shortest_delay() {
        policy.start(now);
        for (int i = 0; i < 5; i++) {
            policy.closed("refused", now);
            now = policy.deadlineNanos();
            policy.tick(now);
        }
        policy.opened(now);
        for (int i = 0; i < 61; i++) {
            policy.data("trade", now);
            heartbeats(1);
        }
        policy.closed("gone", now);
        assertThat(policy.deadlineNanos() - now).isLessThanOrEqualTo((long) (1.2 * SECOND));
    }

    @Test
    void no_more_connections_than_the_budget_allows() {
        FeedLimits tight =
                new FeedLimits(10 * SECOND, 5 * SECOND, SECOND, SECOND, SECOND, SECOND, 3, 600 * SECOND, Map.of());
        FeedPolicy thrifty = policy(tight, false);
        long began = now;
        thrifty.start(now);
        int connects = 1;
        while (now < began + 599 * SECOND) {
            thrifty.closed("refused", now);
            now = Math.max(now + SECOND, thrifty.deadlineNanos());
            connects += thrifty.tick(now).size();
        }
        assertThat(connects).isEqualTo(4);
        assertThat(now)
                .as("the fourth waits until the first is ten minutes old")
                .isGreaterThanOrEqualTo(began + 600 * SECOND);
    }

    @Test
    void a_refusal_is_fatal_reported_and_tried_again_only_rarely() {
        goLive();
        assertThat(policy.refused("unknown pair", now)).containsExactly(new Action.Close("unknown pair"));
        assertThat(policy.refused("unknown pair", now)).isEmpty();
        policy.closed("closed here", now);
        assertThat(policy.state()).isEqualTo(FeedState.REFUSED);
        assertThat(policy.problem()).isEqualTo("unknown pair");
        assertThat(policy.deadlineNanos() - now).isGreaterThan(200 * SECOND);
        now = policy.deadlineNanos();
        assertThat(policy.tick(now)).containsExactly(new Action.Connect());
    }

    @Test
    void a_stopped_feed_does_nothing_until_it_is_started() {
        goLive();
        assertThat(policy.stop(now)).containsExactly(new Action.Close("stopped"));
        assertThat(policy.closed("closed here", now)).isEmpty();
        assertThat(policy.tick(now + 1_000 * SECOND)).isEmpty();
        assertThat(policy.deadlineNanos()).isEqualTo(Long.MAX_VALUE);
        assertThat(policy.start(now)).containsExactly(new Action.Connect());
    }

    @Test
    void a_start_while_the_old_connection_still_ends_waits_for_its_end() {
        goLive();
        policy.stop(now);
        assertThat(policy.start(now)).isEmpty();
        assertThat(policy.closed("closed here", now)).isEmpty();
        assertThat(policy.deadlineNanos()).isEqualTo(now);
        assertThat(policy.tick(now)).containsExactly(new Action.Connect());
    }

    @Test
    void a_watch_may_come_and_go() {
        goLive();
        policy.watch("book", 20 * SECOND, now);
        assertThat(heartbeats(20)).containsExactly(new Action.Resubscribe("book"));
        policy.unwatch("book");
        assertThat(heartbeats(30)).isEmpty();
    }

    /** Whatever happens, the policy never wants two connections at once, and always has a next step while it is started. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void random_events_never_lead_to_two_connections_or_to_a_dead_end(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        FeedPolicy any = policy(LIMITS, seed % 2 == 0);
        boolean isStarted = false;
        int open = 0;
        for (int step = 0; step < 20_000; step++) {
            now += random.nextLong(3 * SECOND);
            List<Action> actions;
            switch (random.nextInt(10)) {
                case 0 -> {
                    actions = any.start(now);
                    isStarted = true;
                }
                case 1 -> {
                    actions = random.nextInt(20) == 0 ? any.stop(now) : List.of();
                    isStarted = any.state() != FeedState.STOPPED && any.state() != FeedState.CLOSING;
                }
                case 2 -> actions = any.opened(now);
                case 3 -> actions = any.backfilled(now);
                case 4 -> {
                    actions = any.closed("gone", now);
                    open = 0;
                }
                case 5 -> actions = random.nextInt(10) == 0 ? any.refused("no", now) : List.of();
                case 6 -> {
                    any.received(now);
                    any.data("trade", now);
                    actions = List.of();
                }
                case 7 -> actions = random.nextInt(10) == 0 ? any.giveUp("enough", now) : List.of();
                default -> {
                    if (any.state() == FeedState.CLOSING) {
                        open = 0;
                    }
                    actions = any.tick(now);
                }
            }
            for (Action action : actions) {
                if (action instanceof Action.Connect) {
                    assertThat(++open).as("connections at step " + step).isEqualTo(1);
                } else if (action instanceof Action.Close) {
                    open = 0;
                }
            }
            if (isStarted) {
                assertThat(any.deadlineNanos()).isLessThan(now + 700 * SECOND);
            }
        }
    }
}
