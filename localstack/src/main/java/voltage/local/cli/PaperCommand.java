package voltage.local.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import voltage.engine.EngineOutput;
import voltage.kalshi.auth.ApiKey;
import voltage.local.live.PaperTrading;
import voltage.local.live.Reachability;
import voltage.local.live.Standby;
import voltage.local.live.Surroundings;
import voltage.local.play.PlayRun;
import voltage.market.Feed;
import voltage.market.FixedPoint;
import voltage.store.journal.JournalDamagedException;
import voltage.store.journal.JournalFullException;
import voltage.worker.dashboard.DashboardServer;
import voltage.worker.dashboard.PortInUseException;
import voltage.worker.feed.FeedHealth;
import voltage.worker.run.Endpoints;
import voltage.worker.run.LeaseWatch;
import voltage.worker.view.WorkerView;

@Command(
        name = "paper",
        description = {
            "Live public feeds and paper money, until interrupted; starting again in the same folder continues.",
            "While another process trades in the folder this one stands by, and takes over when that one ends or dies.",
            "With VOLTAGE_KALSHI_KEY_ID and VOLTAGE_KALSHI_KEY_FILE it uses Kalshi's stream, else it polls Kalshi's public REST."
        })
final class PaperCommand implements Callable<Integer> {
    private static final Duration STATUS_EVERY = Duration.ofMinutes(1);
    private static final Duration FIRST_STATUS = Duration.ofSeconds(10);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--out", paramLabel = "DIR", description = "ledger and journal; runs/paper by default")
    private Path out = Path.of("runs", "paper");

    @Option(names = "--port", paramLabel = "N", description = "of the dashboard; 8080 by default")
    private int port = 8080;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter terminal = spec.commandLine().getOut();
        Endpoints endpoints;
        Optional<ApiKey> key;
        try {
            Surroundings surroundings = new Surroundings(System.getenv());
            endpoints = surroundings.endpoints();
            key = surroundings.key();
        } catch (IllegalArgumentException e) {
            throw new Refusal(ExitCode.CONFIGURATION, String.valueOf(e.getMessage()), e);
        }
        reach(endpoints, terminal);
        terminal.println(
                key.isPresent()
                        ? "Kalshi by its signed stream"
                        : "Kalshi by polling its public REST: no key is configured (VOLTAGE_KALSHI_KEY_ID, VOLTAGE_KALSHI_KEY_FILE)");
        try (Interruption interruption = new Interruption()) {
            Optional<Standby.Turn> turn = turn(endpoints, interruption, terminal);
            if (turn.isPresent()) {
                trade(turn.get(), endpoints, key, interruption, terminal);
            }
            terminal.println("stopped in order; ./voltage paper --out " + out + " continues");
            interruption.ended(ExitCode.OK);
            return ExitCode.OK;
        }
    }

    /** The worker's turn, which ends before the next one's begins: the dashboard's port is free by then. */
    private void trade(
            Standby.Turn turn,
            Endpoints endpoints,
            Optional<ApiKey> key,
            Interruption interruption,
            PrintWriter terminal)
            throws InterruptedException {
        WorkerView view = PaperTrading.view();
        try (turn;
                DashboardServer dashboard = DashboardServer.start(port, view);
                PaperTrading paper = start(turn, endpoints, key, view, terminal)) {
            terminal.println("paper trading in " + out + "; dashboard: " + dashboard.uri() + ". Stop with Ctrl-C");
            watch(paper, interruption, terminal);
        } catch (PortInUseException e) {
            throw new Refusal(ExitCode.CONFIGURATION, String.valueOf(e.getMessage()), e);
        }
    }

    private Optional<Standby.Turn> turn(Endpoints endpoints, Interruption interruption, PrintWriter terminal)
            throws InterruptedException {
        try {
            return Standby.await(endpoints, out, interruption::await, line -> {
                terminal.println(line);
                terminal.flush();
            });
        } catch (IllegalStateException e) {
            throw new Refusal(ExitCode.CONFIGURATION, String.valueOf(e.getMessage()), e);
        }
    }

    /** Goes on unless there is nothing to trade on or nothing to trade with. */
    private static void reach(Endpoints endpoints, PrintWriter terminal) {
        List<Reachability.Answer> answers = Reachability.of(endpoints);
        List<Reachability.Answer> missing =
                answers.stream().filter(answer -> !answer.isReached()).toList();
        boolean hasKalshi =
                answers.stream().anyMatch(a -> a.isReached() && a.name().equals("Kalshi REST"));
        boolean hasSpot =
                answers.stream().anyMatch(a -> a.isReached() && !a.name().startsWith("Kalshi"));
        if (hasKalshi && hasSpot) {
            missing.forEach(answer -> terminal.println("not there yet: " + answer.name() + ", " + answer.problem()
                    + "; it is tried again for as long as this runs"));
            return;
        }
        throw new Refusal(
                ExitCode.VENUE_UNREACHABLE,
                missing.stream()
                        .map(answer -> "\n  " + answer.name() + ": " + answer.problem())
                        .collect(
                                Collectors.joining(
                                        "",
                                        "paper trading needs Kalshi and a spot venue, which cannot be reached:",
                                        "\nCheck the network (./voltage doctor), or play a session without one: ./voltage demo")));
    }

    private PaperTrading start(
            Standby.Turn turn, Endpoints endpoints, Optional<ApiKey> key, WorkerView view, PrintWriter terminal) {
        try {
            Files.createDirectories(out);
            // Lets replay recognise the folder.
            PlayRun.markPaper(out);
            return PaperTrading.start(
                    turn.cloud(), turn.lease(), endpoints, key, out, view, status -> tell(status, terminal));
        } catch (JournalDamagedException | IllegalStateException e) {
            throw new Refusal(ExitCode.CONFIGURATION, String.valueOf(e.getMessage()), e);
        } catch (JournalFullException | IOException | UncheckedIOException e) {
            throw new Refusal(ExitCode.FAILURE, String.valueOf(e.getMessage()), e);
        }
    }

    private static void tell(EngineOutput.Status status, PrintWriter terminal) {
        if (status.level() == EngineOutput.Status.Level.ALERT) {
            terminal.println("alert " + status.ticker() + ": " + status.text());
        }
    }

    private static void watch(PaperTrading paper, Interruption interruption, PrintWriter terminal)
            throws InterruptedException {
        Duration wait = FIRST_STATUS;
        long left = wait.toSeconds();
        while (!interruption.await(Duration.ofSeconds(1))) {
            if (paper.ended().isDone()) {
                throw failure(paper);
            }
            left--;
            if (left <= 0) {
                left = STATUS_EVERY.toSeconds();
                terminal.println(line(paper));
            }
        }
    }

    private static Refusal failure(PaperTrading paper) throws InterruptedException {
        try {
            paper.ended().get();
            return new Refusal(ExitCode.FAILURE, "the engine ended by itself; start again: it continues");
        } catch (ExecutionException e) {
            String problem = e.getCause() instanceof LeaseWatch.LeaseLostException
                    ? String.valueOf(e.getCause().getMessage())
                    : "the engine could not go on: " + e.getCause();
            return new Refusal(ExitCode.FAILURE, problem, e);
        }
    }

    private static String line(PaperTrading paper) {
        PaperTrading.State state = paper.state();
        return String.format(
                Locale.ROOT,
                "%s equity %s, cash %s, %d open; %,d events, %,d decisions, %d intents, %d fills, %d settled%s; %s",
                LocalTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS),
                dollars(state.equityE6()),
                dollars(state.cashE6()),
                state.openPositions(),
                state.events(),
                state.decisions(),
                state.intents(),
                state.fills(),
                state.settlements(),
                state.dropped() == 0 ? "" : ", " + state.dropped() + " frames lost",
                feeds(paper.health(), state.signs()));
    }

    private static String feeds(Map<Feed, FeedHealth> health, Map<Feed, String> signs) {
        Set<Feed> feeds = new TreeSet<>(health.keySet());
        feeds.addAll(signs.keySet());
        return feeds.stream()
                .map(feed -> feed(feed, health.get(feed), signs.getOrDefault(feed, "")))
                .collect(Collectors.joining(", "));
    }

    private static String feed(Feed feed, @Nullable FeedHealth health, String signs) {
        String state = health == null ? "" : " " + health.state().name().toLowerCase(Locale.ROOT);
        String notes = Stream.of(health == null ? "" : health.problem(), signs)
                .filter(note -> !note.isEmpty())
                .collect(Collectors.joining("; "));
        return feed.name().toLowerCase(Locale.ROOT).replace('_', ' ')
                + state
                + (notes.isEmpty() ? "" : " (" + notes + ")");
    }

    /** To the cent, downwards. */
    private static String dollars(long cashE6) {
        return "$" + FixedPoint.format(Math.floorDiv(cashE6, 10_000), 2);
    }
}
