package voltage.local.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import voltage.engine.Engine;
import voltage.forecast.monitor.ResolvedMarket;
import voltage.local.play.PlayRun;
import voltage.order.Account;
import voltage.store.journal.JournalDamagedException;
import voltage.store.journal.JournalReader;
import voltage.strategy.EntryRecord;
import voltage.worker.replay.JournalReplay;
import voltage.worker.report.ResolvedForecasts;

/**
 * What the journal of a demo's, a replay's or paper trading's folder says of forecasts and trades.
 *
 * @param unrecordedE6 profit after fees, in markets where nothing is open any more, of positions without a trade's record: entered in an earlier
 *     life of the worker, or touched by somebody else
 */
record PastRun(List<ResolvedMarket> markets, List<EntryRecord> trades, long unrecordedE6) {
    PastRun {
        markets = List.copyOf(markets);
        trades = List.copyOf(trades);
    }

    /**
     * Replays the journals of folders; one that is being written is read as far as it goes. A market or trade that is in several, as
     * after a replay, counts once: as the first folder has it.
     */
    static PastRun of(List<Path> folders) {
        Map<String, ResolvedMarket> byTicker = new LinkedHashMap<>();
        Map<String, EntryRecord> byCommand = new LinkedHashMap<>();
        long unrecordedE6 = 0;
        for (Path folder : folders) {
            if (!PlayRun.isRun(folder)) {
                throw new Refusal(
                        ExitCode.CONFIGURATION,
                        folder
                                + " is not the folder of a run: it has no run.json with a journal beside it; name the --out"
                                + " folder of demo, replay or paper");
            }
            unrecordedE6 += read(folder, byTicker, byCommand);
        }
        List<ResolvedMarket> markets = new ArrayList<>(byTicker.values());
        List<EntryRecord> trades = new ArrayList<>(byCommand.values());
        markets.sort(Comparator.comparingLong(ResolvedMarket::closeNanos).thenComparing(ResolvedMarket::ticker));
        trades.sort(Comparator.comparingLong(EntryRecord::enteredNanos));
        return new PastRun(markets, trades, unrecordedE6);
    }

    private static long read(Path folder, Map<String, ResolvedMarket> markets, Map<String, EntryRecord> trades) {
        ResolvedForecasts forecasts = new ResolvedForecasts();
        List<EntryRecord> own = new ArrayList<>();
        JournalReplay replay = new JournalReplay(forecasts::decided, own::add, forecasts);
        try {
            replay.run(folder.resolve("journal"), JournalReader.OnDamage.STOP);
        } catch (JournalDamagedException | IllegalArgumentException e) {
            // Or a journal of another version.
            throw new Refusal(ExitCode.CONFIGURATION, String.valueOf(e.getMessage()), e);
        }
        own.forEach(trade -> trades.putIfAbsent(trade.commandId(), trade));
        @Nullable Engine engine = replay.pipeline().engine();
        if (engine == null) {
            return 0;
        }
        forecasts.resolved(engine.account()).forEach(market -> markets.putIfAbsent(market.ticker(), market));
        return unrecordedE6(engine.account(), own);
    }

    private static long unrecordedE6(Account account, List<EntryRecord> trades) {
        long endedE6 = account.positions().values().stream()
                .filter(position -> !position.isOpen())
                .mapToLong(Account.Position::cashFlowE6)
                .sum();
        long recordedE6 = trades.stream()
                .filter(trade -> account.positionE2(trade.ticker()) == 0)
                .mapToLong(EntryRecord::pnlE6)
                .sum();
        return endedE6 - recordedE6;
    }
}
