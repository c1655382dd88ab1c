package voltage.training.promotion;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import voltage.training.measure.NormalQuantile;

/**
 * What a challenger must show before it may be traded on. All gates are judged, so that a refusal says all that is missing.
 *
 * @param leastInstants resolved instants of each event
 * @param leastDays days of them: the interval draws days
 * @param mostWorse how much worse its Brier score may be at the upper end of the 95 % interval, on any event: a retrained model need not be
 *     better, but it must not be worse
 * @param needsBetter whether it must be better on at least one event: with an interval that excludes zero, and so in most halves of the time
 *     that the probability of overfitting is {@value #MOST_OVERFITTING} at most
 * @param mostEceMore by how much its calibration error may exceed the champion's
 * @param mostFailedShare of the questions that it did not answer
 * @param needsShadow whether only instants forecast live count
 */
public record PromotionGates(
        int leastInstants,
        int leastDays,
        double mostWorse,
        boolean needsBetter,
        double mostEceMore,
        double mostFailedShare,
        boolean needsShadow) {
    private static final double ONE_SIDED = 0.025;
    private static final double MOST_OVERFITTING = 0.10;

    /** For lanes without money: recorded minutes will do, and being as good as the champion. */
    public static final PromotionGates PAPER = new PromotionGates(500, 7, 0.001, false, 0.01, 0.01, false);
    /** For lanes that send orders to an exchange: a week of shadow, and better than what is there. */
    public static final PromotionGates EXCHANGE = new PromotionGates(500, 7, 0.0005, true, 0.005, 0.01, true);

    /** One gate's answer. */
    public record Criterion(String name, boolean passes, String words) {}

    /** All gates in order. */
    public List<Criterion> judge(PromotionEvidence evidence) {
        List<Criterion> criteria = new ArrayList<>();
        criteria.add(new Criterion(
                "KIND",
                !needsShadow || evidence.kind() == PromotionEvidence.Kind.SHADOW,
                "evidence is " + evidence.kind() + (needsShadow ? " (SHADOW is needed)" : "")));
        criteria.add(new Criterion(
                "INSTANTS",
                evidence.instants() >= leastInstants,
                evidence.instants() + " resolved instants (at least " + leastInstants + ")"));
        criteria.add(new Criterion(
                "DAYS", evidence.days() >= leastDays, evidence.days() + " days (at least " + leastDays + ")"));
        double z = -NormalQuantile.of(ONE_SIDED / evidence.trials());
        boolean isBetter = false;
        for (PromotionEvidence.OfEvent event : evidence.events()) {
            double bound = upper(event, z);
            isBetter |= bound < 0 && event.overfitting() <= MOST_OVERFITTING;
            criteria.add(new Criterion(
                    "NOT_WORSE " + event.event(),
                    bound <= mostWorse,
                    text(
                            "Brier %+.5f, at most %+.5f at the end of its interval for %d trials (limit %+.5f)",
                            event.difference().estimate(), bound, evidence.trials(), mostWorse)));
            criteria.add(new Criterion(
                    "CALIBRATION " + event.event(),
                    event.challengerEce() <= event.championEce() + mostEceMore,
                    text(
                            "calibration error %.4f, the champion's %.4f (at most %.4f more)",
                            event.challengerEce(), event.championEce(), mostEceMore)));
        }
        if (needsBetter) {
            criteria.add(new Criterion("BETTER", isBetter, isBetter ? "better on an event" : overfitting(evidence)));
        }
        double failed = evidence.asked() == 0 ? 1 : evidence.failed() / (double) evidence.asked();
        criteria.add(new Criterion(
                "ANSWERS",
                failed <= mostFailedShare,
                text("%.2f %% of questions unanswered (at most %.2f %%)", 100 * failed, 100 * mostFailedShare)));
        return criteria;
    }

    /** The interval's upper end; wider by Bonferroni if several versions were tried. */
    private static double upper(PromotionEvidence.OfEvent event, double z) {
        var difference = event.difference();
        return Math.max(difference.high(), difference.estimate() + z * difference.standardError());
    }

    private static String overfitting(PromotionEvidence evidence) {
        double least = evidence.events().stream()
                .mapToDouble(PromotionEvidence.OfEvent::overfitting)
                .min()
                .orElse(1);
        return text(
                "on no event does its interval exclude zero with an overfitting probability of at most %.2f (the least is %.2f)",
                MOST_OVERFITTING, least);
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
