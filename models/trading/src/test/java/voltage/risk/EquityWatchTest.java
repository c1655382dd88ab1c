package voltage.risk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EquityWatchTest {
    private static final long DAY = 86_400_000_000_000L;
    /** Monday 2026-11-16, midnight UTC. */
    private static final long MONDAY = 20_773 * DAY;

    private static final long DOLLAR = 1_000_000;

    private final EquityWatch watch = new EquityWatch();

    @Test
    void the_day_starts_with_the_last_equity_before_midnight() {
        watch.observe(MONDAY, 1_000 * DOLLAR);
        watch.observe(MONDAY + DAY - 1, 980 * DOLLAR);
        assertThat(watch.dailyLossE6()).isEqualTo(20 * DOLLAR);
        assertThat(watch.dailyLossShareE4()).isEqualTo(200);

        watch.observe(MONDAY + DAY, 970 * DOLLAR);
        assertThat(watch.dayStartE6()).isEqualTo(980 * DOLLAR);
        assertThat(watch.dailyLossE6()).isEqualTo(10 * DOLLAR);
        assertThat(watch.weeklyLossE6()).isEqualTo(30 * DOLLAR);
    }

    @Test
    void the_week_starts_on_monday_midnight_utc() {
        watch.observe(MONDAY - DAY, 1_000 * DOLLAR);
        watch.observe(MONDAY - 1, 900 * DOLLAR);
        assertThat(watch.weeklyLossShareE4()).isEqualTo(1_000);

        watch.observe(MONDAY, 900 * DOLLAR);
        assertThat(watch.weeklyLossE6()).isZero();
        assertThat(watch.drawdownShareE4()).isEqualTo(1_000);
    }

    @Test
    void deposits_and_withdrawals_are_no_profit_and_no_loss() {
        watch.deposited(MONDAY, 1_000 * DOLLAR);
        watch.observe(MONDAY + 1, 950 * DOLLAR);
        watch.deposited(MONDAY + 2, 500 * DOLLAR);
        assertThat(watch.equityE6()).isEqualTo(1_450 * DOLLAR);
        assertThat(watch.dailyLossE6()).isEqualTo(50 * DOLLAR);
        assertThat(watch.weeklyLossE6()).isEqualTo(50 * DOLLAR);
        assertThat(watch.drawdownE6()).isEqualTo(50 * DOLLAR);

        watch.deposited(MONDAY + 3, -700 * DOLLAR);
        assertThat(watch.dailyLossE6()).isEqualTo(50 * DOLLAR);
        assertThat(watch.drawdownE6()).isEqualTo(50 * DOLLAR);
    }

    @Test
    void a_deposit_as_the_first_event_of_a_day_moves_that_days_reference() {
        watch.observe(MONDAY, 1_000 * DOLLAR);
        watch.deposited(MONDAY + DAY, 100 * DOLLAR);

        assertThat(watch.dayStartE6()).isEqualTo(1_100 * DOLLAR);
        assertThat(watch.dailyLossE6()).isZero();
    }

    @Test
    void a_fill_of_yesterday_booked_today_does_not_forgive_todays_loss() {
        watch.observe(MONDAY + DAY, 1_000 * DOLLAR);
        watch.observe(MONDAY + DAY + 1, 940 * DOLLAR);
        watch.observe(MONDAY + DAY - 1, 930 * DOLLAR);
        watch.observe(MONDAY + DAY + 2, 930 * DOLLAR);

        assertThat(watch.dailyLossE6()).isEqualTo(70 * DOLLAR);
    }

    @Test
    void a_drawdown_is_measured_from_the_peak_across_days() {
        watch.observe(MONDAY, 1_000 * DOLLAR);
        watch.observe(MONDAY + DAY, 1_200 * DOLLAR);
        watch.observe(MONDAY + 9 * DAY, 960 * DOLLAR);

        assertThat(watch.drawdownE6()).isEqualTo(240 * DOLLAR);
        assertThat(watch.drawdownShareE4()).isEqualTo(2_000);
    }

    @Test
    void a_loss_of_more_than_there_was_is_a_whole_share_and_never_a_profit() {
        watch.observe(MONDAY, 0);
        watch.observe(MONDAY + 1, -1);
        assertThat(watch.dailyLossShareE4()).isEqualTo(10_000);

        EquityWatch tiny = new EquityWatch();
        tiny.observe(MONDAY, 1);
        tiny.observe(MONDAY + 1, -300_000);
        assertThat(tiny.dailyLossShareE4()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void a_deposit_makes_the_share_of_a_loss_smaller_at_once() {
        watch.observe(MONDAY, 1_000 * DOLLAR);
        watch.observe(MONDAY + 1, 900 * DOLLAR);
        watch.deposited(MONDAY + 2, 1_000 * DOLLAR);

        assertThat(watch.dailyLossShareE4()).isEqualTo(500);
        assertThat(watch.weeklyLossShareE4()).isEqualTo(500);
        assertThat(watch.drawdownShareE4()).isEqualTo(500);
    }

    @Test
    void an_empty_lane_has_lost_nothing() {
        watch.observe(MONDAY, 0);
        assertThat(watch.dailyLossShareE4()).isZero();
        assertThat(watch.drawdownShareE4()).isZero();
    }
}
