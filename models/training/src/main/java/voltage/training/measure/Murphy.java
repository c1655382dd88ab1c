package voltage.training.measure;

import voltage.training.measure.ReliabilityCurve.Bin;

/**
 * The parts of a Brier score (Murphy 1973): {@code brier = reliability − resolution + uncertainty + withinBins}. The last part is 0 when each bin
 * holds equal forecasts; with it the sum is exact for any bins.
 *
 * @param reliability squared distance of forecast and frequency; 0 is best
 * @param resolution squared distance of the bins' frequencies and the base rate; more is better
 * @param uncertainty Brier score of climatology
 */
public record Murphy(double reliability, double resolution, double uncertainty, double withinBins) {
    public static Murphy of(ReliabilityCurve curve) {
        double n = curve.size();
        double base = 0;
        for (Bin bin : curve.bins()) {
            base += bin.n() * bin.frequency() / n;
        }
        double reliability = 0;
        double resolution = 0;
        double within = 0;
        for (Bin bin : curve.bins()) {
            double miss = bin.forecast() - bin.frequency();
            double distance = bin.frequency() - base;
            reliability += bin.n() * miss * miss / n;
            resolution += bin.n() * distance * distance / n;
            within += bin.n() * bin.spread() / n;
        }
        return new Murphy(reliability, resolution, base * (1 - base), within);
    }

    public double brier() {
        return reliability - resolution + uncertainty + withinBins;
    }
}
