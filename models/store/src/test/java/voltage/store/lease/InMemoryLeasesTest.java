package voltage.store.lease;

class InMemoryLeasesTest extends LeaseContract {
    @Override
    protected LeaseStore emptyStore() {
        return new InMemoryLeases();
    }
}
