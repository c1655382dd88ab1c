package voltage.lambda.execution;

/** The process dies. An error, so that nothing in the code under test can mistake it for a failure to handle. */
final class Crash extends Error {
    private static final long serialVersionUID = 1L;

    /** Counts the steps at which a process may die and dies at one of them. */
    static final class Fuse {
        private int left;
        private boolean blown;

        /** @param at the step to die at, from 1; 0 for never */
        Fuse(int at) {
            left = at;
        }

        void step() {
            if (left > 0 && --left == 0) {
                blown = true;
                throw new Crash();
            }
        }

        boolean isBlown() {
            return blown;
        }
    }
}
