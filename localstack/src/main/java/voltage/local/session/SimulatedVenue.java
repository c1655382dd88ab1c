package voltage.local.session;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import voltage.market.Candle;
import voltage.market.Venue;

/** One spot venue of a simulated session: prints around the true price with a basis of its own and a lag, and their candles. */
final class SimulatedVenue {
    /** How a venue differs from the others. */
    record Profile(
            Venue venue,
            double basisBp,
            double basisNoiseBp,
            int lagSteps,
            double printsASecond,
            long tickE4,
            long firstTradeId) {}

    static final List<Profile> ALL = List.of(
            new Profile(Venue.KRAKEN, -0.12, 0.10, 2, 2.0, 1_000, 110_386_729),
            new Profile(Venue.COINBASE, 0.05, 0.06, 0, 4.0, 100, 1_103_088_332),
            // Quoted in USDT, which is a few hundredths of a per cent off the dollar.
            new Profile(Venue.BINANCE, 2.4, 0.15, 1, 7.0, 100, 5_210_448_917L));

    private static final double BP = 1e-4;
    private static final int BASIS_MEMORY_STEPS = 600;

    private final Profile profile;
    private final SimulatedPrices prices;
    private final Dice dice;
    private double basisBp;
    private long nextTradeId;
    private @Nullable Candle forming;

    SimulatedVenue(Profile profile, SimulatedPrices prices, long seed) {
        this.profile = profile;
        this.prices = prices;
        dice = new Dice(seed, "venue " + profile.venue());
        basisBp = profile.basisBp();
        nextTradeId = profile.firstTradeId();
    }

    /** Adds what happens within a step: at its start the candle that ended, if it starts a minute, then prints. */
    void step(int step, long stepNanos, List<SessionEvent> out) {
        Candle ended = forming;
        if (ended != null && stepNanos >= ended.openNanos() + Times.MINUTE) {
            out.add(new SessionEvent.CandleClosed(ended.openNanos() + Times.MINUTE, profile.venue(), ended));
            forming = null;
        }
        double pull = 1.0 / BASIS_MEMORY_STEPS;
        basisBp += pull * (profile.basisBp() - basisBp)
                + profile.basisNoiseBp() * StrictMath.sqrt(2 * pull) * dice.normal();
        int prints = dice.poisson(profile.printsASecond() / SimulatedPrices.STEPS_A_SECOND);
        if (prints == 0) {
            return;
        }
        List<Long> offsets = new ArrayList<>(prints);
        for (int i = 0; i < prints; i++) {
            offsets.add((long) dice.below((int) SimulatedPrices.STEP_NANOS / 1_000) * 1_000);
        }
        offsets.sort(null);
        for (long offset : offsets) {
            print(step, stepNanos + offset, out);
        }
    }

    private void print(int step, long atNanos, List<SessionEvent> out) {
        double mid = prices.price(step - profile.lagSteps()) * (1 + basisBp * BP);
        double bounce = (dice.chance(0.5) ? 0.5 : -0.5) * profile.tickE4() / 10_000;
        long priceE4 = onTick(mid + bounce, profile.tickE4());
        long sizeE8 = Math.max(1_000, (long) (StrictMath.exp(-4.2 + 1.6 * dice.normal()) * 1e8));
        // Stamped by the venue when it traded, known here a network's way later.
        long wayNanos = Math.min(3_000_000L + dice.below(9_000) * 1_000L, atNanos);
        out.add(new SessionEvent.SpotPrint(
                atNanos, profile.venue(), nextTradeId++, priceE4, sizeE8, atNanos - wayNanos));
        long minute = Math.floorDiv(atNanos, Times.MINUTE) * Times.MINUTE;
        Candle so = forming;
        forming = so == null
                ? new Candle(minute, priceE4, priceE4, priceE4, priceE4, sizeE8, 1, false)
                : new Candle(
                        so.openNanos(),
                        so.openE4(),
                        Math.max(so.highE4(), priceE4),
                        Math.min(so.lowE4(), priceE4),
                        priceE4,
                        so.volumeE8() + sizeE8,
                        so.trades() + 1,
                        false);
    }

    /** A day and more of plausible candles that end where the session begins, at its first price. */
    static List<Candle> history(Profile profile, SimulatedPrices prices, long seed, long startNanos, int minutes) {
        double[] logs = pathBefore(prices, seed, minutes);
        Dice dice = new Dice(seed, "history " + profile.venue());
        List<Candle> history = new ArrayList<>(minutes);
        long lastE4 = 0;
        for (int minute = 0; minute < minutes; minute++) {
            long openNanos = startNanos - (minutes - minute) * Times.MINUTE;
            int base = minute * SUBSTEPS;
            long high = 0;
            long low = Long.MAX_VALUE;
            long first = 0;
            for (int i = 0; i <= SUBSTEPS; i++) {
                double basis = 1 + (profile.basisBp() + profile.basisNoiseBp() * dice.normal()) * BP;
                long priceE4 = onTick(StrictMath.exp(logs[base + i]) * basis, profile.tickE4());
                first = i == 0 ? (lastE4 == 0 ? priceE4 : lastE4) : first;
                long shownE4 = i == 0 ? first : priceE4;
                high = Math.max(high, shownE4);
                low = Math.min(low, shownE4);
                lastE4 = shownE4;
            }
            int trades = Math.max(1, (int) (profile.printsASecond() * 60 * StrictMath.exp(0.4 * dice.normal())));
            long volumeE8 = (long) (trades * 0.05 * StrictMath.exp(0.5 * dice.normal()) * 1e8);
            history.add(new Candle(openNanos, first, high, low, lastE4, volumeE8, trades, false));
        }
        return List.copyOf(history);
    }

    private static final int SUBSTEPS = 6;

    /** Log prices every ten seconds, backwards from the first one: the same path for all venues. */
    private static double[] pathBefore(SimulatedPrices prices, long seed, int minutes) {
        double[] logs = new double[minutes * SUBSTEPS + 1];
        Dice dice = new Dice(seed, "history");
        double volatility = prices.volatility(0) * StrictMath.sqrt(60.0 / SUBSTEPS);
        double logScale = 0;
        logs[logs.length - 1] = StrictMath.log(prices.price(0));
        for (int i = logs.length - 2; i >= 0; i--) {
            // The volatility of the day before wanders around the one at the start.
            logScale = 0.998 * logScale + 0.022 * dice.normal();
            logs[i] = logs[i + 1] + volatility * StrictMath.exp(logScale) * dice.normal();
        }
        return logs;
    }

    private static long onTick(double dollars, long tickE4) {
        return Math.round(dollars * 10_000 / tickE4) * tickE4;
    }
}
