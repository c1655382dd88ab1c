package voltage.local.simulation;

/** Everything that can be made to go wrong. Each is counted when it has really hit something. */
enum FaultKind {
    // Requests of the executor and their answers.
    REQUEST_DELAYED("a request arrives late", 12),
    REQUEST_LOST("a request never arrives", 4),
    REQUEST_DUPLICATED("a request arrives twice", 4),
    REQUEST_OVERTAKEN("a request arrives after its sender has given it up", 4),
    ANSWER_DELAYED("an answer arrives late", 4),
    ANSWER_LOST("a request is carried out and its answer lost", 4),
    ORDER_ANSWER_LOST("an order is accepted and its answer lost", 6),
    ANSWERED_401("not authorised", 1),
    ANSWERED_409_EXISTS("an order is accepted, sent again by something in between, and answered as a duplicate", 3),
    ANSWERED_409_CLOSED("the market is said to be closed", 2),
    ANSWERED_409_PAUSED("trading is said to be paused", 2),
    ANSWERED_410("the endpoint is said to be gone", 2),
    ANSWERED_429("too many requests", 4),
    ANSWERED_500("a failure of the exchange, nothing done", 4),
    ANSWERED_503_AFTER("a failure of the exchange, all done", 4),
    ANSWERED_HTML("a page of the edge", 4),
    READS_STALE("reads of own data lag by seconds", 2),

    // Frames of the streams.
    FRAME_LOST("a frame never arrives", 3),
    FRAME_DUPLICATED("a frame arrives twice", 3),
    FRAME_DELAYED("a stream stands still for a while", 3),
    FRAME_REORDERED("a frame overtakes another", 3),
    COMMAND_FRAME_LOST("what the worker says on a stream never arrives", 3),
    PRIVATE_LATE("a frame about the own account comes late", 2),
    PRIVATE_DOUBLED("a frame about the own account comes twice", 2),
    PRIVATE_REORDERED("frames about the own account swap places", 2),
    SEQUENCE_GAP("a sequence number is skipped", 3),
    SLOW_CONSUMER("the worker does not take its frames", 2),
    FEED_SILENT("a feed says nothing and stays connected", 2),
    DISCONNECTED("a connection ends", 3),
    POLL_FAILED("a public read gets no answer", 2),
    CROSSED_BOOK("bids above asks", 2),

    // The world.
    CLOCK_STEPPED("our machines' clock jumps", 2),
    TRADING_PAUSED("no orders, cancels only", 1),
    EXCHANGE_PAUSED("not even cancels", 1),
    MARKET_PAUSED("one market is stopped", 1),
    SETTLEMENT_LATE("a settlement is held up by minutes or hours", 2),
    SETTLEMENT_AMENDED("a settlement is first wrong, disputed, and amended", 2),
    FOREIGN_ORDER("somebody trades by hand in the same account", 2),

    // Our processes.
    WORKER_KILLED("the worker dies somewhere in its work", 2),
    WORKER_KILLED_STARTING("the worker dies while it starts, and starts again", 1),
    EXECUTOR_KILLED_BEFORE_WRITE("the executor dies before a write to the ledger", 3),
    EXECUTOR_KILLED_AFTER_WRITE("the executor dies after a write to the ledger", 3),
    EXECUTOR_KILLED_SENDING("the executor dies with a request on its way", 3),
    EXECUTOR_KILLED_REPORTING("the executor dies before it has reported", 2),
    EXECUTOR_KILLED_STARTING("the executor dies at its first read", 2),
    TWO_LEADERS("two workers believe that they lead", 1),

    // The cloud.
    LEDGER_THROTTLED("the ledger refuses for a while", 2),
    LEDGER_CONFLICT("a conditional write fails", 1),
    LEDGER_ANSWER_LOST("the ledger writes and says that it failed", 1),
    QUEUE_REDELIVERED("a message comes again after it was carried out", 3),
    VISIBILITY_EXPIRED("a message comes again while it is carried out", 2),
    QUEUE_SEND_FAILED("a command may or may not have reached the queue", 2),
    REPORT_DELAYED("reports come late", 3),
    REPORT_DUPLICATED("a report comes twice", 3),
    POISON_MESSAGE("a message that is no command", 1);

    private final String words;
    private final int weight;

    FaultKind(String words, int weight) {
        this.words = words;
        this.weight = weight;
    }

    String words() {
        return words;
    }

    /** How much more often than others it is planned: what hits seldom, or is feared most, is planned more often. */
    int weight() {
        return weight;
    }
}
