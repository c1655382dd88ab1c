package voltage.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import voltage.training.evaluate.Evaluation;

class EvaluationTextTest {
    @Test
    void contracts_and_their_own_outcome_are_lines_by_minutes_to_close() {
        StringWriter text = new StringWriter();
        new EvaluationText(new PrintWriter(text, true))
                .print(new Evaluation(
                        "candles-1",
                        "da7a",
                        List.of(EvaluationJsonTest.SPANS, EvaluationJsonTest.LATER),
                        List.of(EvaluationJsonTest.event()),
                        EvaluationJsonTest.contracts(),
                        EvaluationJsonTest.outcomes()));

        assertThat(text.toString().lines())
                .anyMatch(line -> line.contains("ours - market, 95 %"))
                .anyMatch(line -> line.contains("direct - formula, 95 %"))
                .anyMatch(line -> line.startsWith("     7   300  ")
                        && line.contains("0.1500  +0.0100 (+0.0050 to +0.0150)")
                        && line.endsWith("BETTER THAN THE IDEAL ALLOWS: [direct]"))
                .anyMatch(line -> line.startsWith("  weight of direct beside the formula, held out: 0.25"))
                .last()
                .asString()
                .startsWith("  The formula stays: the model of the outcome itself differs from it by +0.01000");
    }
}
