package voltage.local.simulation.cloud;

/**
 * Decides for each call of one client what becomes of it. Asked before the service has looked at anything, so an implementation may
 * itself use another client of the same cloud here: that is how somebody else writes in between.
 */
@FunctionalInterface
public interface CloudFaults {
    CloudFaults NONE = (operation, resource) -> Verdict.PASS;

    /**
     * @param resource the table's or queue's name; of a transaction or batch over several tables, the first one's
     * @return a fault that {@linkplain Fault#appliesTo applies} to the operation, or {@link Verdict#PASS}
     */
    Verdict verdict(CloudOperation operation, String resource);
}
