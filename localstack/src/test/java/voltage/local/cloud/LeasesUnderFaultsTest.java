package voltage.local.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;
import voltage.local.simulation.cloud.CloudFaults;
import voltage.local.simulation.cloud.Fault;
import voltage.local.simulation.cloud.SimulatedCloud;
import voltage.local.simulation.cloud.Verdict;
import voltage.order.Lane;
import voltage.store.cloud.CloudResources;
import voltage.store.lease.DynamoLeases;
import voltage.store.lease.LeaseContract;
import voltage.store.lease.LeaseItem;
import voltage.store.lease.LeaseStore;
import voltage.store.lease.LeaseStore.LeaseUnavailableException;
import voltage.store.lease.LeaseTerms;
import voltage.store.lease.WorkerLease;

/** Leases in a DynamoDB that fails: no answer is no answer, and a write that happened twice gives nobody a second leader. */
@Timeout(60)
class LeasesUnderFaultsTest {
    private static final Lane LANE = Lane.PAPER;
    private static final long SECOND = 1_000_000_000L;

    private final CloudResources resources = CloudResources.of("leases");
    private final SimulatedCloud cloud = new SimulatedCloud(resources, () -> 1_000);
    private final DynamoDbClient unharmed = cloud.dynamo(CloudFaults.NONE);
    private final Deque<Verdict> coming = new ArrayDeque<>();
    private final LeaseStore leases = new DynamoLeases(
            cloud.dynamo((operation, resource) -> coming.isEmpty() ? Verdict.PASS : coming.removeFirst()), resources);
    private long nanos;

    /** The lease's contract on the simulated DynamoDB. */
    @Nested
    class Contract extends LeaseContract {
        @Override
        protected LeaseStore emptyStore() {
            return new DynamoLeases(new SimulatedCloud(resources, () -> 1_000).dynamo(CloudFaults.NONE), resources);
        }
    }

    private WorkerLease worker(String owner) {
        return new WorkerLease(leases, LANE, owner, LeaseTerms.DEFAULT, () -> nanos);
    }

    private void strikes(Fault... faults) {
        for (Fault fault : faults) {
            coming.add(Verdict.of(fault));
        }
    }

    @Test
    void a_call_without_an_answer_says_what_was_asked_of_which_lane() {
        assertThat(leases.acquire(LANE, Optional.empty(), "a")).isTrue();
        strikes(Fault.UNREACHABLE);
        assertThatThrownBy(() -> leases.read(LANE))
                .isInstanceOf(LeaseUnavailableException.class)
                .hasMessageStartingWith("reading the lease of lane paper: ");
        strikes(Fault.SERVER_ERROR);
        assertThatThrownBy(() -> leases.acquire(LANE, leases.read(LANE), "b"))
                .isInstanceOf(LeaseUnavailableException.class);
        strikes(Fault.SERVER_ERROR);
        assertThatThrownBy(() -> leases.acquire(LANE, Optional.empty(), "b"))
                .hasMessageStartingWith("acquiring the lease of lane paper: ");
        strikes(Fault.THROTTLED);
        assertThatThrownBy(() -> leases.renew(LANE, "a", 1)).hasMessageStartingWith("renewing the lease of lane paper");
        strikes(Fault.ANSWER_LOST);
        assertThatThrownBy(() -> leases.release(LANE, "a", 1))
                .hasMessageStartingWith("releasing the lease of lane paper");
        assertThat(leases.read(LANE)).contains(new LeaseItem("a", 1, 1, true));
    }

    @Test
    void a_worker_whose_acquisition_was_answered_late_or_not_at_all_finds_itself_as_the_leader() {
        WorkerLease worker = worker("a");
        worker.tick();
        strikes(Fault.ANSWER_LOST);
        worker.tick();
        assertThat(worker.epoch()).isEmpty();
        nanos += SECOND;
        for (int i = 0; i < 3; i++) {
            worker.tick();
        }
        assertThat(worker.epoch()).hasValue(1);
    }

    @Test
    void a_repeated_acquisition_is_refused_by_its_own_first_half_and_leads_all_the_same() {
        WorkerLease worker = worker("a");
        worker.tick();
        strikes(Fault.REPEATED);
        worker.tick();
        for (int i = 0; i < 3; i++) {
            worker.tick();
        }
        assertThat(worker.epoch()).hasValue(1);
    }

    @Test
    void a_renewal_without_an_answer_lengthens_nobodys_time() {
        WorkerLease worker = worker("a");
        worker.tick();
        worker.tick();
        nanos += 3 * SECOND;
        strikes(Fault.ANSWER_LOST, Fault.ANSWER_LOST, Fault.ANSWER_LOST, Fault.ANSWER_LOST, Fault.ANSWER_LOST);
        for (int i = 0; i < 5; i++) {
            worker.tick();
            nanos += SECOND / 2;
        }
        assertThat(worker.epoch()).hasValue(1);
        nanos = 7 * SECOND;
        assertThat(worker.epoch()).isEmpty();
        assertThat(leases.read(LANE)).map(LeaseItem::beat).contains(5L);
    }

    @Test
    void giving_back_is_tried_three_times() {
        WorkerLease worker = worker("a");
        worker.tick();
        worker.tick();
        strikes(Fault.UNREACHABLE, Fault.UNREACHABLE, Fault.UNREACHABLE, Fault.UNREACHABLE);
        worker.release();
        assertThat(coming).hasSize(1);
        coming.clear();
        assertThat(leases.read(LANE)).map(LeaseItem::released).contains(false);
        assertThat(worker.epoch()).isEmpty();
    }

    /** What AWS refuses and neither DynamoDB Local nor the simulated one does: names that no expression uses. */
    private final class StrictAboutNames implements DynamoDbClient {
        @Override
        public UpdateItemResponse updateItem(UpdateItemRequest request) {
            request.expressionAttributeNames()
                    .keySet()
                    .forEach(name -> assertThat(request.updateExpression() + " " + request.conditionExpression())
                            .contains(name));
            return unharmed.updateItem(request);
        }

        @Override
        public GetItemResponse getItem(GetItemRequest request) {
            return unharmed.getItem(request);
        }

        @Override
        public String serviceName() {
            return unharmed.serviceName();
        }

        @Override
        public void close() {}
    }

    @Test
    void no_name_is_sent_that_no_expression_uses_for_aws_refuses_that() {
        LeaseStore strict = new DynamoLeases(new StrictAboutNames(), resources);
        assertThat(strict.acquire(LANE, Optional.empty(), "a")).isTrue();
        assertThat(strict.renew(LANE, "a", 1)).isTrue();
        assertThat(strict.release(LANE, "a", 1)).isTrue();
        assertThat(strict.acquire(LANE, strict.read(LANE), "b")).isTrue();
    }

    @Test
    void an_item_that_another_version_wrote_is_told_with_what_it_lacks() {
        Map<String, AttributeValue> item = new HashMap<>(DynamoLeases.key(LANE));
        item.put("owner", AttributeValue.fromS("a"));
        String table = resources.table(CloudResources.TableRole.CONTROL).name();
        unharmed.putItem(request -> request.tableName(table).item(item));
        assertThatThrownBy(() -> leases.read(LANE)).hasMessageContaining("has no attribute \"epoch\"");
        assertThat(DynamoLeases.isLease(item)).isFalse();
        item.put("epoch", AttributeValue.fromN("3"));
        assertThat(DynamoLeases.isLease(item)).isFalse();
        item.put("beat", AttributeValue.fromN("4"));
        assertThat(DynamoLeases.isLease(item)).isTrue();
        assertThat(DynamoLeases.epoch(item)).isEqualTo(3);
    }
}
