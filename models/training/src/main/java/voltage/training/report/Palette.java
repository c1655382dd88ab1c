package voltage.training.report;

import java.util.Map;

/** How each forecaster is drawn and called, the same on every plot. Colours are variables of the page, so that both themes can set them. */
final class Palette {
    /**
     * A look.
     *
     * @param colour a value of CSS
     * @param dashes of SVG; empty is drawn through
     * @param width of a line
     */
    record Look(String label, String colour, String dashes, double width) {}

    private static final Map<String, Look> LOOKS = Map.ofEntries(
            Map.entry("climatology", new Look("climatology", "var(--grey)", "2 3", 1.6)),
            Map.entry("harLogit", new Look("HAR-logit", "var(--teal)", "7 3", 1.8)),
            Map.entry("lightgbm", new Look("LightGBM", "var(--orange)", "4 2", 1.8)),
            Map.entry("patchtst", new Look("PatchTST", "var(--purple)", "9 2 2 2", 1.8)),
            Map.entry("ensemble", new Look("our ensemble", "var(--blue)", "", 2.6)),
            Map.entry("ensembleCalibrated", new Look("ours, calibrated", "var(--blue)", "5 3", 1.8)),
            Map.entry("direct", new Look("direct", "var(--orange)", "", 2.2)),
            Map.entry("pool", new Look("formula with direct", "var(--purple)", "5 3", 1.8)),
            Map.entry("market", new Look("market", "var(--red)", "", 2.6)),
            Map.entry("marketCalibrated", new Look("market, calibrated", "var(--red)", "5 3", 1.8)),
            Map.entry("withMarket", new Look("ours with market", "var(--purple)", "", 2.6)),
            Map.entry("ideal", new Look("ideal B*", "var(--ink)", "1 4", 2)));

    private Palette() {}

    static Look of(String name) {
        Look look = LOOKS.get(name);
        return look == null ? new Look(name, "var(--ink)", "6 2 1 2", 1.6) : look;
    }
}
