package voltage.local.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import voltage.local.live.LocalVenues;
import voltage.local.net.PortInUseException;
import voltage.local.session.Session;
import voltage.local.session.SessionMarket;
import voltage.local.session.SimulatedSession;
import voltage.market.Venue;

@Command(
        name = "exchange",
        description = {
            "The local Kalshi-compatible exchange and the spot venues' feed servers, for other programs, until interrupted.",
            "The session is played in real time and moved so that it begins now: the clocks and tickers are today's."
        })
final class ExchangeCommand implements Callable<Integer> {
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final long CASH_E6 = 10_000_000_000L;
    /** Six hours. */
    private static final int SIMULATED_MARKETS = 24;

    private static final int MOST_PORTS = 5;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--session",
            paramLabel = "DIR",
            description = "a session made by import; a built-in simulation of six hours by default")
    private @Nullable Path session;

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "of the exchange, 9090 by default; the feeds have the next ones. 0 for any free ones")
    private int port = 9_090;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "where exchange.json and the key go; runs/exchange by default")
    private Path out = Path.of("runs", "exchange");

    @Override
    public Integer call() throws InterruptedException {
        if (port < 0 || port > 65_535 - MOST_PORTS) {
            throw new ParameterException(
                    spec.commandLine(), "--port is 0 to " + (65_535 - MOST_PORTS) + "; it was " + port);
        }
        Session opened = session == null
                ? new SimulatedSession(SimulatedSession.DEFAULT_SEED, SIMULATED_MARKETS)
                : Sessions.open(session);
        try (Interruption interruption = new Interruption();
                LocalVenues local = LocalVenues.start(opened, port, InstantSource.system(), CASH_E6)) {
            Path keyFile = out.resolve("key.pem").toAbsolutePath();
            write(local, opened, keyFile);
            print(local, opened, keyFile);
            while (!interruption.await(Duration.ofMinutes(1))) {
                // Nothing to do but to be there.
            }
            interruption.ended(ExitCode.OK);
            return ExitCode.OK;
        } catch (PortInUseException e) {
            throw new Refusal(
                    ExitCode.CONFIGURATION,
                    "port " + e.port()
                            + " is in use; stop the program that listens there, or choose another with --port N"
                            + " (the exchange takes N, the feeds the ports after it)",
                    e);
        } catch (IOException e) {
            throw new Refusal(ExitCode.CONFIGURATION, "the exchange cannot start: " + e.getMessage(), e);
        }
    }

    private void write(LocalVenues local, Session opened, Path keyFile) throws IOException {
        Files.createDirectories(out);
        Files.deleteIfExists(keyFile);
        Files.createFile(keyFile, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(keyFile, local.credentials().privateKeyPem(), StandardCharsets.US_ASCII);
        Map<String, Object> feeds = new LinkedHashMap<>();
        for (Venue venue : local.venues()) {
            feeds.put(label(venue), Map.of("stream", local.feedStream(venue), "rest", local.feedRest(venue)));
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("session", opened.name());
        body.put("source", opened.source().name().toLowerCase(Locale.ROOT));
        body.put("rest", local.restUrl());
        body.put("stream", local.streamUrl());
        body.put("key_id", local.credentials().keyId());
        body.put("key_file", keyFile.toString());
        body.put("feeds", feeds);
        body.put("starts", text(local.startNanos()));
        body.put("ends", text(local.endNanos()));
        body.put("markets", local.markets().stream().map(SessionMarket::ticker).toList());
        Path draft = out.resolve("exchange.json.part");
        Files.write(draft, JSON.writeValueAsBytes(body));
        Files.move(
                draft,
                out.resolve("exchange.json"),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    private void print(LocalVenues local, Session opened, Path keyFile) {
        PrintWriter terminal = spec.commandLine().getOut();
        terminal.println(opened.source() + " session " + opened.name() + ", played in real time until "
                + text(local.endNanos())
                + (opened.source() == Session.Source.SIMULATED ? "; prices, books and results are made up" : ""));
        opened.missing().forEach(missing -> terminal.println("missing: " + missing));
        terminal.println("  REST       " + local.restUrl());
        terminal.println("  WebSocket  " + local.streamUrl());
        for (Venue venue : local.venues()) {
            terminal.println("  " + String.format(Locale.ROOT, "%-9s", label(venue)) + "  " + local.feedStream(venue)
                    + "  " + local.feedRest(venue));
        }
        terminal.println("  key id     " + local.credentials().keyId());
        terminal.println("  key file   " + keyFile);
        terminal.println("  all of it  " + out.resolve("exchange.json"));
        terminal.println();
        terminal.println("Try: curl '" + local.restUrl() + "/markets?series_ticker="
                + local.markets().getFirst().seriesTicker() + "&status=open'");
        terminal.println("A signed request:");
        terminal.println(signedExample(local, keyFile));
        terminal.println("Our own paper trading against it, in another terminal:");
        terminal.println(paperExample(local, keyFile));
        terminal.println("Stop with Ctrl-C. Orders and fills are forgotten then.");
    }

    private static String signedExample(LocalVenues local, Path keyFile) {
        return """
                  T=$(date +%%s%%3N); S=$(printf '%%s' "${T}GET/trade-api/v2/portfolio/balance" | \\
                    openssl dgst -sha256 -sign %s -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:32 | base64 -w0)
                  curl -H "KALSHI-ACCESS-KEY: %s" -H "KALSHI-ACCESS-TIMESTAMP: $T" \\
                    -H "KALSHI-ACCESS-SIGNATURE: $S" %s/portfolio/balance""".formatted(keyFile, local.credentials().keyId(), local.restUrl());
    }

    private static String paperExample(LocalVenues local, Path keyFile) {
        StringBuilder text = new StringBuilder();
        text.append("  VOLTAGE_KALSHI_REST=").append(local.restUrl());
        text.append(" VOLTAGE_KALSHI_STREAM=").append(local.streamUrl());
        for (Venue venue : List.of(Venue.KRAKEN, Venue.COINBASE)) {
            if (local.venues().contains(venue)) {
                text.append(" \\\n  VOLTAGE_").append(venue).append("_STREAM=").append(local.feedStream(venue));
                if (venue == Venue.KRAKEN) {
                    text.append(" VOLTAGE_KRAKEN_REST=").append(local.feedRest(venue));
                }
            }
        }
        text.append(" \\\n  VOLTAGE_KALSHI_KEY_ID=").append(local.credentials().keyId());
        text.append(" VOLTAGE_KALSHI_KEY_FILE=").append(keyFile);
        return text.append(" \\\n  ./voltage paper --out runs/paper-local").toString();
    }

    private static String label(Venue venue) {
        return venue.name().toLowerCase(Locale.ROOT);
    }

    private static String text(long nanos) {
        return Instant.ofEpochSecond(0, nanos).truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
