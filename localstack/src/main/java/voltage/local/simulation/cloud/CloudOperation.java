package voltage.local.simulation.cloud;

/** A call to a simulated service. */
public enum CloudOperation {
    GET_ITEM(Service.DYNAMO, false),
    BATCH_GET_ITEM(Service.DYNAMO, false),
    QUERY(Service.DYNAMO, false),
    PUT_ITEM(Service.DYNAMO, true),
    UPDATE_ITEM(Service.DYNAMO, true),
    DELETE_ITEM(Service.DYNAMO, true),
    TRANSACT_WRITE_ITEMS(Service.DYNAMO, true),
    GET_QUEUE_URL(Service.SQS, false),
    GET_QUEUE_ATTRIBUTES(Service.SQS, false),
    SEND_MESSAGE(Service.SQS, true),
    SEND_MESSAGE_BATCH(Service.SQS, true),
    RECEIVE_MESSAGE(Service.SQS, true),
    DELETE_MESSAGE(Service.SQS, true),
    DELETE_MESSAGE_BATCH(Service.SQS, true),
    CHANGE_MESSAGE_VISIBILITY(Service.SQS, true),
    CHANGE_MESSAGE_VISIBILITY_BATCH(Service.SQS, true);

    /** Whose operation it is. */
    public enum Service {
        DYNAMO,
        SQS
    }

    private final Service service;
    private final boolean changes;

    CloudOperation(Service service, boolean changes) {
        this.service = service;
        this.changes = changes;
    }

    public Service service() {
        return service;
    }

    /** Whether it may change something; receiving does, as it hides messages. */
    public boolean changes() {
        return changes;
    }
}
