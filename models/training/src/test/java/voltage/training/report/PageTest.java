package voltage.training.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import voltage.training.measure.Interval;

class PageTest {
    private static final Palette.Look LOOK = Palette.of("ensemble");

    @Test
    void text_from_elsewhere_cannot_become_markup() {
        String page = Page.of("<b>", part -> part.text("p", "a<script>&\"'", "title", "\"><img onerror='x'>"));

        assertThat(page)
                .contains("<title>&lt;b&gt;</title>", "a&lt;script&gt;&amp;&quot;&#39;")
                .doesNotContain("<script", "<img");
    }

    @Test
    void attributes_come_in_pairs() {
        assertThatThrownBy(() -> new Markup().shape("line", "x1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("pairs");
    }

    @Test
    void ticks_are_round_and_inside() {
        Scale scale = new Scale(-0.013, 0.027, 0, 100);

        assertThat(scale.ticks(6)).first().satisfies(tick -> assertThat(tick).isCloseTo(-0.01, within(1e-12)));
        assertThat(scale.ticks(6))
                .allMatch(tick -> tick >= -0.013 && tick <= 0.027)
                .hasSizeBetween(3, 8);
        assertThat(scale.at(0.007)).isCloseTo(50, within(1e-9));
    }

    @Test
    void an_axis_may_fall_from_left_to_right() {
        Markup page = new Markup()
                .add(new Chart("t", "x", "y", new double[] {15, 1}, new double[] {0, 1})
                        .line(LOOK, new double[] {15, 1}, new double[] {0, 1}));

        String points = page.toString().split("<polyline points=\"", 2)[1].split("\"", 2)[0];
        assertThat(Double.parseDouble(points.split("[ ,]")[0])).isLessThan(Double.parseDouble(points.split("[ ,]")[2]));
    }

    @Test
    void what_leaves_the_plot_stays_on_its_edge() {
        String page = new Markup()
                .add(new Chart("t", "x", "y", new double[] {0, 1}, new double[] {0, 1})
                        .dot(LOOK, 0.5, 0.5, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY))
                .toString();

        assertThat(page).doesNotContain("Infinity", "NaN");
    }

    @Test
    void a_bar_below_zero_begins_at_its_value_and_ends_at_zero() {
        String page = new Markup()
                .add(new Bars("t", "u", true)
                        .bar("up", LOOK, new Interval(0.1, 0.05, 0.15, 0.02, 9, 9), false)
                        .bar("down", LOOK, new Interval(-0.1, -0.15, -0.05, 0.02, 9, 9), true))
                .toString();

        String[] bars = page.split("<rect x=\"");
        double up = Double.parseDouble(bars[1].split("\"", 2)[0]);
        double down = Double.parseDouble(bars[2].split("\"", 2)[0]);
        double width = Double.parseDouble(bars[2].split("width=\"", 2)[1].split("\"", 2)[0]);
        assertThat(down + width).isCloseTo(up, within(0.02));
        assertThat(page).contains("10.0 %", "−10.0 %");
    }

    @Test
    void numbers_have_signs_and_dashes_where_there_is_nothing() {
        assertThat(Numbers.signed(-0.00123, 4)).isEqualTo("−0.0012");
        assertThat(Numbers.signed(0, 3)).isEqualTo("0.000");
        assertThat(Numbers.fixed(Double.NaN, 2)).isEqualTo("–");
        assertThat(Numbers.count(15_344)).isEqualTo("15,344");
    }

    @Test
    void a_table_has_a_cell_for_each_column() {
        assertThatThrownBy(() -> new Table("a", "b").row(List.of("1"))).hasMessageContaining("a row has 2 cells");
    }
}
