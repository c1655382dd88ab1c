package voltage.strategy;

/**
 * What a trade went through while it was open. Known only at its end, so it can never be a feature: it is a type of its own that no
 * model's or training's code may take (the build checks it); it tells labels and people how good an entry was.
 *
 * @param favourableE4 the best that our side's bid stood above what was paid, in ten-thousandths of a dollar (MFE);
 *     {@link Opinion#NONE} if no whole book was seen meanwhile
 * @param adverseE4 the worst of the same, below 0 if it stood under what was paid (MAE)
 * @param holdingNanos from the fill to the end
 */
public record Excursions(int favourableE4, int adverseE4, long holdingNanos) {
    public Excursions {
        if (favourableE4 < adverseE4 || holdingNanos < 0) {
            throw new IllegalArgumentException("the best is not below the worst and time does not run backwards, was "
                    + favourableE4 + ", " + adverseE4 + " and " + holdingNanos);
        }
    }
}
