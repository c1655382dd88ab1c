package voltage.local.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import voltage.kalshi.auth.ApiKey;
import voltage.local.live.Reachability;
import voltage.local.live.Surroundings;
import voltage.worker.run.Endpoints;

/** Looks at the machine, the configuration and the venues. Changes nothing. */
final class Examination {
    private static final int JDK = 25;
    private static final int DASHBOARD_PORT = 8080;
    private static final int NODE = 20;
    private static final long LEAST_BYTES = 1L << 30;
    private static final long SCARCE_BYTES = 10L << 30;
    /** A signed request may be off by this much. */
    private static final Duration CLOCK_LIMIT = Duration.ofSeconds(5);
    /** An HTTP date has whole seconds only. */
    private static final Duration CLOCK_WARNING = Duration.ofSeconds(2);

    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private final Map<String, String> environment;
    private final Path directory;
    private final InstantSource clock;

    Examination(Map<String, String> environment, Path directory, InstantSource clock) {
        this.environment = environment;
        this.directory = directory.toAbsolutePath();
        this.clock = clock;
    }

    /** Takes about two seconds where venues do not answer. */
    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        findings.add(jdk(Runtime.version().feature()));
        findings.add(port());
        Surroundings surroundings = new Surroundings(environment);
        Endpoints endpoints = configuration(surroundings, findings);
        findings.add(key(surroundings));
        findings.add(disk());
        findings.add(node());
        List<Reachability.Answer> answers = Reachability.of(endpoints);
        findings.add(clock(answers));
        for (Reachability.Answer answer : answers) {
            findings.add((answer.isReached()
                            ? Finding.ok(answer.name(), answer.asked().getHost() + " answers")
                            : Finding.warn(
                                    answer.name(),
                                    answer.problem(),
                                    "needed by paper only: check network, DNS and firewall"))
                    .ofVenue());
        }
        return findings;
    }

    /** 3 if something of this machine fails, 5 if nothing does but no venue is there. */
    int exitCode(List<Finding> findings) {
        if (findings.stream().anyMatch(finding -> finding.state() == Finding.State.FAIL)) {
            return ExitCode.CONFIGURATION;
        }
        boolean isAlone = findings.stream().filter(Finding::isVenue).allMatch(each -> each.state() != Finding.State.OK);
        return isAlone ? ExitCode.VENUE_UNREACHABLE : ExitCode.OK;
    }

    static Finding jdk(int feature) {
        return feature == JDK
                ? Finding.ok("JDK", Runtime.version() + " at " + System.getProperty("java.home"))
                : Finding.fail(
                        "JDK",
                        "version " + feature,
                        "install JDK " + JDK + ", for example Temurin, or set VOLTAGE_JDK to its folder");
    }

    private static Finding port() {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), DASHBOARD_PORT));
            return Finding.ok("port " + DASHBOARD_PORT, "free");
        } catch (IOException e) {
            return Finding.warn(
                    "port " + DASHBOARD_PORT,
                    "in use by another program",
                    "stop that one, or choose another with --port (demo, paper)");
        }
    }

    private static Endpoints configuration(Surroundings surroundings, List<Finding> findings) {
        try {
            Endpoints endpoints = surroundings.endpoints();
            findings.add(Finding.ok(
                    "configuration",
                    endpoints.equals(Endpoints.production())
                            ? "no file is needed; the real venues"
                            : "no file is needed; other venues by environment: Kalshi at " + endpoints.kalshiRest()));
            return endpoints;
        } catch (IllegalArgumentException e) {
            findings.add(
                    Finding.fail("configuration", String.valueOf(e.getMessage()), "correct or unset that variable"));
            return Endpoints.production();
        }
    }

    private Finding key(Surroundings surroundings) {
        String name = "credentials";
        try {
            ApiKey key = surroundings.key().orElse(null);
            if (key == null) {
                return Finding.warn(
                        name,
                        "no Kalshi key: paper polls public REST instead of using the stream",
                        "set " + Surroundings.KEY_ID + " and " + Surroundings.KEY_FILE + " if you have one");
            }
            Path file = Path.of(environment.getOrDefault(Surroundings.KEY_FILE, ""));
            if (isOpenToOthers(file)) {
                return Finding.fail(name, file + " may be read or written by others", "chmod 600 " + file);
            }
            return Finding.ok(name, key.toString());
        } catch (IllegalArgumentException | IOException e) {
            return Finding.fail(
                    name,
                    String.valueOf(e.getMessage()),
                    "correct " + Surroundings.KEY_ID + " and " + Surroundings.KEY_FILE + ", or unset both");
        }
    }

    private static boolean isOpenToOthers(Path file) throws IOException {
        try {
            return Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains);
        } catch (UnsupportedOperationException e) {
            return false; // not a POSIX file system: nothing to be told
        }
    }

    private Finding disk() {
        try {
            FileStore store = Files.getFileStore(directory);
            long bytes = store.getUsableSpace();
            String detail = String.format(Locale.ROOT, "%.1f GB free in %s", bytes / 1e9, directory);
            if (!Files.isWritable(directory)) {
                return Finding.fail("disk", directory + " cannot be written", "start in a folder of your own");
            }
            return bytes < LEAST_BYTES
                    ? Finding.fail("disk", detail, "make room: journal and ledger are kept here")
                    : bytes < SCARCE_BYTES
                            ? Finding.warn("disk", detail, "make room before running for days")
                            : Finding.ok("disk", detail);
        } catch (IOException e) {
            return Finding.warn(
                    "disk", "could not be checked: " + e.getMessage(), "see that " + directory + " is a folder");
        }
    }

    private static Finding node() {
        String remedy = "install Node " + NODE + " or newer; only building the dashboard needs it";
        try {
            Process process = new ProcessBuilder("node", "--version")
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(3, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return Finding.warn("Node", "did not tell its version", remedy);
            }
            String version = new String(process.getInputStream().readNBytes(100), StandardCharsets.UTF_8).strip();
            return version.matches("v[0-9]{1,4}\\..*")
                            && Integer.parseInt(version.substring(1, version.indexOf('.'))) >= NODE
                    ? Finding.ok("Node", version)
                    : Finding.warn("Node", version, remedy);
        } catch (IOException e) {
            return Finding.warn("Node", "not found", remedy);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Finding.warn("Node", "could not be checked", remedy);
        }
    }

    private Finding clock(List<Reachability.Answer> answers) {
        for (Reachability.Answer answer : answers) {
            @Nullable String date = answer.date().orElse(null);
            if (date != null) {
                try {
                    Duration off = Duration.between(
                                    ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                                            .toInstant(),
                                    clock.instant())
                            .abs();
                    String detail = "within " + (off.toSeconds() + 1) + " s of " + answer.name();
                    String remedy = "set the clock by NTP: signed requests are refused beyond "
                            + CLOCK_LIMIT.toSeconds() + " s";
                    return off.compareTo(CLOCK_LIMIT) > 0
                            ? Finding.fail("clock", "off by " + off.toSeconds() + " s from " + answer.name(), remedy)
                            : off.compareTo(CLOCK_WARNING) > 0
                                    ? Finding.warn("clock", detail, remedy)
                                    : Finding.ok("clock", detail);
                } catch (DateTimeException e) {
                    // That server writes no date that can be read; the next one may.
                }
            }
        }
        return Finding.warn("clock", "could not be checked: no venue told the time", "see that NTP is running");
    }
}
