package voltage.local.session;

import java.nio.file.Path;

/** Told how an import goes, on the importing thread. */
public interface ImportProgress {
    /** Says nothing. */
    ImportProgress SILENT = new ImportProgress() {
        @Override
        public void reading(Path file, int number, int of) {}

        @Override
        public void wrote(ImportResult.ImportedSession session) {}
    };

    /**
     * A file is being read.
     *
     * @param number from 1, in the order of reading
     * @param of how many files there are
     */
    void reading(Path file, int number, int of);

    /** A session is whole on disk. */
    void wrote(ImportResult.ImportedSession session);
}
