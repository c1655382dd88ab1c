package voltage.local.cli;

/**
 * What one check of the machine found.
 *
 * @param isVenue whether it is about a venue's being reachable rather than about this machine
 * @param remedy what to do; empty if nothing is wrong
 */
record Finding(String name, State state, String detail, String remedy, boolean isVenue) {
    enum State {
        OK,
        WARN,
        FAIL
    }

    static Finding ok(String name, String detail) {
        return new Finding(name, State.OK, detail, "", false);
    }

    static Finding warn(String name, String detail, String remedy) {
        return new Finding(name, State.WARN, detail, remedy, false);
    }

    static Finding fail(String name, String detail, String remedy) {
        return new Finding(name, State.FAIL, detail, remedy, false);
    }

    Finding ofVenue() {
        return new Finding(name, state, detail, remedy, true);
    }
}
