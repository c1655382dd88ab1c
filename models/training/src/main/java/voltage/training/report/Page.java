package voltage.training.report;

/** The frame of a page: one file, readable in light and in dark, on paper and on a narrow screen, with nothing loaded and no script. */
final class Page {
    private static final String STYLE = """
            :root{color-scheme:light dark;--paper:#fbfbf9;--card:#fff;--ink:#1d232b;--soft:#5a6572;--line:#d9dde2;--grid:#e8ebee;
            --blue:#1f5fbf;--red:#c0392b;--teal:#0f7d74;--orange:#b86a00;--purple:#7a3fb0;--grey:#79828d;--good:#1b7a3d;--bad:#a93226}
            @media(prefers-color-scheme:dark){:root{--paper:#14181d;--card:#1b2027;--ink:#e6e9ed;--soft:#a3adb9;--line:#343c46;
            --grid:#2a313a;--blue:#6ea8ff;--red:#ff8577;--teal:#4cc9bd;--orange:#f0ad4e;--purple:#c79bf2;--grey:#9aa4b0;
            --good:#6fd08c;--bad:#ff8f80}}
            *{box-sizing:border-box}body{margin:0;background:var(--paper);color:var(--ink);
            font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","DejaVu Sans",sans-serif}
            main{max-width:1180px;margin:0 auto;padding:28px 20px 60px}
            h1{font-size:1.75rem;line-height:1.2;margin:0 0 4px}h2{font-size:1.25rem;margin:40px 0 8px;padding-top:14px;
            border-top:1px solid var(--line)}h3{font-size:1rem;margin:22px 0 6px}
            p{max-width:76ch;margin:8px 0}.soft,figcaption{color:var(--soft);font-size:.9rem}
            .lead{background:var(--card);border:1px solid var(--line);border-left:5px solid var(--blue);border-radius:6px;
            padding:12px 18px;margin:18px 0}.lead p{margin:8px 0;max-width:92ch}.lead p:first-child{font-size:1.1rem;font-weight:600}
            .alarm{border-left-color:var(--bad)}
            .pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,440px),1fr));gap:16px;margin:14px 0}
            figure{margin:0;background:var(--card);border:1px solid var(--line);border-radius:6px;padding:12px 14px}
            .alone{max-width:720px}figure h3{margin:0 0 4px}figcaption{margin-top:6px}
            svg{display:block;width:100%;height:auto;font-family:inherit}
            svg text{fill:var(--ink)}svg .tick{font-size:15px;fill:var(--soft)}svg .axis{font-size:15px}
            svg .end{text-anchor:end}svg .middle{text-anchor:middle}
            svg .grid{stroke:var(--grid);stroke-width:1}svg .level{stroke:var(--soft);stroke-width:1.2;stroke-dasharray:5 4}
            svg .whisker{stroke:var(--ink);stroke-width:1.4}
            .scroll{overflow-x:auto;margin:12px 0}table{border-collapse:collapse;font-size:.84rem;
            font-variant-numeric:tabular-nums;background:var(--card)}
            th,td{padding:4px 7px;border-bottom:1px solid var(--line);text-align:right;white-space:nowrap}
            thead th{font-weight:600;white-space:normal;border-bottom:2px solid var(--line);vertical-align:bottom}
            th:first-child{text-align:left;font-weight:500}
            dl{display:grid;grid-template-columns:minmax(8rem,14rem) 1fr;gap:4px 18px;margin:10px 0;font-size:.93rem}
            dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}
            @media print{body{background:#fff}h2{break-after:avoid}figure{break-inside:avoid}}
            """;

    private Page() {}

    /** The whole document. */
    static String of(String title, Markup.Part content) {
        return new Markup()
                .raw("<!doctype html>\n")
                .element(
                        "html",
                        html -> html.element(
                                        "head",
                                        head -> head.raw("<meta charset=\"utf-8\">")
                                                .raw(
                                                        "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">")
                                                .text("title", title)
                                                .element("style", style -> style.raw(STYLE)))
                                .element("body", body -> body.element("main", content)),
                        "lang",
                        "en")
                .raw("\n")
                .toString();
    }

    static Markup.Part paragraph(String text) {
        return page -> page.text("p", text);
    }

    static Markup.Part note(String text) {
        return page -> page.text("p", text, "class", "soft");
    }

    /** A plot with its name and what it shows. */
    static Markup.Part figure(String title, Markup.Part plot, String caption) {
        return page -> page.element(
                "figure", figure -> figure.text("h3", title).add(plot).text("figcaption", caption));
    }
}
