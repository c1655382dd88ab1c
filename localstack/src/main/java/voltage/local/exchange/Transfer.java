package voltage.local.exchange;

import org.jspecify.annotations.Nullable;

/** Money on its way from one shard to another. */
record Transfer(
        String id,
        @Nullable String clientTransferId,
        int from,
        int to,
        long amountE6,
        boolean completed,
        long createdNanos) {
    Transfer complete() {
        return new Transfer(id, clientTransferId, from, to, amountE6, true, createdNanos);
    }

    void write(JsonText json) {
        json.object()
                .price("amount", amountE6 / 100)
                .optional("client_transfer_id", clientTransferId)
                .field("created_ts", WireTime.seconds(createdNanos))
                .field("destination", "event_contract")
                .field("destination_exchange_shard", to)
                .field("source", "event_contract")
                .field("source_exchange_shard", from)
                .field("status", completed ? "completed" : "pending")
                .field("transfer_id", id)
                .end();
    }
}
