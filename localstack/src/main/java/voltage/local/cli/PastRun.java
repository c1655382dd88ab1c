package voltage.local.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import voltage.engine.Engine;
import voltage.forecast.monitor.ResolvedMarket;
import voltage.local.play.PlayRun;
import voltage.store.journal.JournalDamagedException;
import voltage.store.journal.JournalReader;
import voltage.strategy.EntryRecord;
import voltage.worker.replay.JournalReplay;
import voltage.worker.report.ResolvedForecasts;

/** What the journal of a demo's, a replay's or paper trading's folder says of forecasts and trades. */
record PastRun(List<ResolvedMarket> markets, List<EntryRecord> trades) {
    PastRun {
        markets = List.copyOf(markets);
        trades = List.copyOf(trades);
    }

    /** Replays the journals of folders; a journal that is being written is read as far as it goes. */
    static PastRun of(List<Path> folders) {
        List<ResolvedMarket> markets = new ArrayList<>();
        List<EntryRecord> trades = new ArrayList<>();
        for (Path folder : folders) {
            if (!PlayRun.isRun(folder)) {
                throw new Refusal(
                        ExitCode.CONFIGURATION,
                        folder + " is not the folder of a run: it has no run.json with a journal beside it; name the --out"
                                + " folder of demo, replay or paper");
            }
            read(folder, markets, trades);
        }
        markets.sort(Comparator.comparingLong(ResolvedMarket::closeNanos).thenComparing(ResolvedMarket::ticker));
        trades.sort(Comparator.comparingLong(EntryRecord::enteredNanos));
        return new PastRun(markets, trades);
    }

    private static void read(Path folder, List<ResolvedMarket> markets, List<EntryRecord> trades) {
        ResolvedForecasts forecasts = new ResolvedForecasts();
        JournalReplay replay = new JournalReplay(forecasts::decided, trades::add, forecasts);
        try {
            replay.run(folder.resolve("journal"), JournalReader.OnDamage.STOP);
        } catch (JournalDamagedException | IllegalArgumentException e) {
            // Or a journal of another version.
            throw new Refusal(ExitCode.CONFIGURATION, String.valueOf(e.getMessage()), e);
        }
        @Nullable Engine engine = replay.pipeline().engine();
        if (engine != null) {
            markets.addAll(forecasts.resolved(engine.account()));
        }
    }
}
