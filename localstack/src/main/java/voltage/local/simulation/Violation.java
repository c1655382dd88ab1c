package voltage.local.simulation;

/** A rule is broken: which, when, and by what. An error, so that no code of ours takes it for a failure that it may handle. */
final class Violation extends Error {
    private static final long serialVersionUID = 1L;

    private final transient Rule rule;
    private final String moment;
    private final String facts;

    /** @param moment since the beginning of the run */
    Violation(Rule rule, String moment, String facts) {
        super(rule.figure() + " " + rule + " at " + moment + ": " + facts + " (" + rule.words() + ")");
        this.rule = rule;
        this.moment = moment;
        this.facts = facts;
    }

    Rule rule() {
        return rule;
    }

    String moment() {
        return moment;
    }

    String facts() {
        return facts;
    }
}
