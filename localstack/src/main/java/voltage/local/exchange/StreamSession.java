package voltage.local.exchange;

/** What one client sends to the exchange on its stream. */
public interface StreamSession {
    /** A command frame. */
    void text(String frame);

    /** The client is gone. */
    void closed();
}
