package voltage.local.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(name = "doctor", description = "What is missing on this machine, each with a remedy.")
final class DoctorCommand implements Callable<Integer> {
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--json", description = "one JSON object")
    private boolean json;

    @Override
    public Integer call() throws JsonProcessingException {
        Examination examination = new Examination(System.getenv(), Path.of(""), InstantSource.system());
        List<Finding> findings = examination.findings();
        int code = examination.exitCode(findings);
        PrintWriter terminal = spec.commandLine().getOut();
        if (json) {
            terminal.println(JSON.writeValueAsString(body(findings, code)));
        } else {
            for (Finding finding : findings) {
                terminal.printf(Locale.ROOT, "%-5s%-18s%s%n", label(finding), finding.name(), finding.detail());
                if (!finding.remedy().isEmpty()) {
                    terminal.printf(Locale.ROOT, "%23s-> %s%n", "", finding.remedy());
                }
            }
            terminal.println(conclusion(code));
        }
        return code;
    }

    private static String label(Finding finding) {
        return finding.state().name().toLowerCase(Locale.ROOT);
    }

    private static String conclusion(int code) {
        return switch (code) {
            case ExitCode.OK -> "Nothing stands in the way.";
            case ExitCode.VENUE_UNREACHABLE ->
                "No venue can be reached; ./voltage demo, replay, import and exchange work without.";
            default -> "What says fail has to be mended first.";
        };
    }

    private static Map<String, Object> body(List<Finding> findings, int code) {
        List<Map<String, String>> checks = new ArrayList<>();
        for (Finding finding : findings) {
            Map<String, String> check = new LinkedHashMap<>();
            check.put("name", finding.name());
            check.put("state", label(finding));
            check.put("detail", finding.detail());
            check.put("remedy", finding.remedy());
            checks.add(check);
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("exit_code", code);
        body.put("checks", checks);
        return body;
    }
}
