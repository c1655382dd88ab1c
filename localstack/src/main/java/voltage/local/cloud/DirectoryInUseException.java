package voltage.local.cloud;

/** Another process keeps the embedded cloud in this directory; it is free again when that process ends, however it ends. */
public final class DirectoryInUseException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    DirectoryInUseException(String message) {
        super(message);
    }
}
