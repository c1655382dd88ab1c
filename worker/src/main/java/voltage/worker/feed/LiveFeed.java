package voltage.worker.feed;

/** A feed that can be started and stopped, any number of times. */
public interface LiveFeed {
    void start();

    void stop();

    FeedHealth health();
}
