package voltage.training.report;

import java.util.ArrayList;
import java.util.List;

/** A table of text; the first column names the row, the others are numbers. */
final class Table implements Markup.Part {
    private final List<String> head;
    private final List<List<String>> rows = new ArrayList<>();

    Table(String... head) {
        this.head = List.of(head);
    }

    Table(List<String> head) {
        this.head = List.copyOf(head);
    }

    Table row(List<String> cells) {
        if (cells.size() != head.size()) {
            throw new IllegalArgumentException("a row has " + head.size() + " cells, was " + cells);
        }
        rows.add(List.copyOf(cells));
        return this;
    }

    Table row(String... cells) {
        return row(List.of(cells));
    }

    @Override
    public void addTo(Markup page) {
        page.element(
                "div",
                frame -> frame.element("table", table -> {
                    table.element(
                            "thead", top -> top.element("tr", line -> head.forEach(cell -> line.text("th", cell))));
                    table.element("tbody", body -> rows.forEach(row -> body.element("tr", line -> cells(line, row))));
                }),
                "class",
                "scroll");
    }

    private static void cells(Markup line, List<String> row) {
        for (int i = 0; i < row.size(); i++) {
            line.text(i == 0 ? "th" : "td", row.get(i));
        }
    }
}
