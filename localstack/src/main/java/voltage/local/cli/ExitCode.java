package voltage.local.cli;

/** What the process tells its caller. */
final class ExitCode {
    static final int OK = 0;
    static final int FAILURE = 1;
    static final int USAGE = 2;
    static final int CONFIGURATION = 3;
    static final int REFUSED = 4;
    static final int VENUE_UNREACHABLE = 5;

    private ExitCode() {}
}
