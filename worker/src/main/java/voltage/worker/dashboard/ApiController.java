package voltage.worker.dashboard;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.exceptions.HttpStatusException;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.List;
import java.util.Map;

/** What can be read over plain HTTP. Nothing can be changed here. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
final class ApiController {
    private static final int MAX_DECISIONS = 1_000;

    private final DashboardSource source;

    ApiController(DashboardSource source) {
        this.source = source;
    }

    @Get("/api/snapshot")
    DashboardSnapshot snapshot() {
        return source.snapshot();
    }

    @Get("/api/decisions")
    List<DecisionView> decisions(@QueryValue(defaultValue = "50") int limit) {
        if (limit < 1 || limit > MAX_DECISIONS) {
            throw new HttpStatusException(
                    HttpStatus.BAD_REQUEST, "limit must be 1 to " + MAX_DECISIONS + ", was " + limit);
        }
        return source.recentDecisions(limit);
    }

    /** Up means that the worker can still describe itself, not merely that this server answers. */
    @Get("/health")
    HttpResponse<Map<String, Object>> health() {
        try {
            DashboardSnapshot snapshot = source.snapshot();
            return HttpResponse.ok(Map.of(
                    "status", "UP",
                    "lane", snapshot.lane().word(),
                    "source", snapshot.source().word(),
                    "state", snapshot.state().state().word(),
                    "nowNanos", snapshot.clock().nowNanos(),
                    "decisions", snapshot.counters().decisions()));
        } catch (RuntimeException e) {
            return HttpResponse.<Map<String, Object>>status(HttpStatus.SERVICE_UNAVAILABLE)
                    .body(Map.of("status", "DOWN", "reason", "the worker cannot describe its state: " + e));
        }
    }
}
