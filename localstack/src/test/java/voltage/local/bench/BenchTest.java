package voltage.local.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import voltage.local.session.Session;

class BenchTest {
    @Test
    void a_heap_that_stays_is_flat_and_one_that_grows_is_not() {
        List<MonthBenchmark.Capture> flat = new ArrayList<>();
        List<MonthBenchmark.Capture> growing = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            flat.add(new MonthBenchmark.Capture("c" + i, 100_000, 1e6, 1e6, 20 + i % 2));
            growing.add(new MonthBenchmark.Capture("c" + i, 100_000, 1e6, 1e6, 20 + i));
        }
        assertThat(MonthBenchmark.Result.of(flat).verdict().isMet()).isTrue();
        MonthBenchmark.Result grown = MonthBenchmark.Result.of(growing);
        assertThat(grown.verdict().isMet()).isFalse();
        assertThat(grown.slopeMegabytes()).isCloseTo(10, within(1e-9));
        assertThat(grown.growthMegabytes()).isCloseTo(20, within(1e-9));
        assertThat(grown.deltasPerCpuSecond()).isCloseTo(1e6, within(1e-3));
    }

    @Test
    void a_capture_without_deltas_has_no_slope() {
        MonthBenchmark.Result result =
                MonthBenchmark.Result.of(List.of(new MonthBenchmark.Capture("empty", 0, 0, 0, 12)));
        assertThat(result.slopeMegabytes()).isZero();
        assertThat(result.deltasPerCpuSecond()).isZero();
    }

    @Test
    void starts_are_told_by_their_middle_and_their_worst() {
        StartBenchmark.Times times = StartBenchmark.Times.of(new double[] {3, 1, 9, 2, 4});
        assertThat(times).isEqualTo(new StartBenchmark.Times(5, 3, 9));
    }

    @Test
    void a_report_is_one_json_document_and_says_what_was_missed() throws IOException {
        BenchReport report = new BenchReport(
                new Machine("cpu", 2, "jdk", "serial", 1.5),
                2.5,
                "simulated-42",
                Session.Source.SIMULATED,
                null,
                new ReplayBenchmark.Result(
                        10, 20, 5e5, 6e5, 7e5, 1e6, List.of(1.0, 2.0), ReplayBenchmark.verdict(5e5, 7e5)),
                null,
                null,
                null,
                null,
                null);
        JsonNode json = JsonMapper.builder().build().readTree(report.json());
        assertThat(json.path("replay").path("verdict").path("isMet").isBoolean())
                .isTrue();
        assertThat(json.path("replay").path("verdict").path("isMet").asBoolean())
                .isFalse();
        assertThat(json.path("source").asText()).isEqualTo("SIMULATED");
        StringWriter text = new StringWriter();
        report.print(new PrintWriter(text));
        assertThat(text.toString()).contains("simulated").contains("MISSED").contains("load 1.5 before and 2.5 after");
    }

    @Test
    @Timeout(20)
    void a_relay_passes_bytes_on_and_knows_when_a_post_came() throws IOException {
        try (ServerSocket exchange = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Relay relay = Relay.start(exchange.getLocalPort());
                Socket client = new Socket(InetAddress.getLoopbackAddress(), relay.port());
                Socket accepted = exchange.accept()) {
            long before = System.nanoTime();
            byte[] request = "POST / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
            OutputStream out = client.getOutputStream();
            out.write(request);
            InputStream in = accepted.getInputStream();
            assertThat(in.readNBytes(request.length)).isEqualTo(request);
            assertThat(relay.newestPostNanos()).isBetween(before, System.nanoTime());
            accepted.getOutputStream().write('x');
            assertThat(client.getInputStream().read()).isEqualTo('x');
        }
    }
}
