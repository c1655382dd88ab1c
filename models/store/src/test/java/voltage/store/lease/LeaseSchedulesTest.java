package voltage.store.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import voltage.order.Lane;

/**
 * Two or three contenders under schedules drawn from a seed: calls that take time, answers that are lost before or after the write, writes
 * that happen after their answer was given up, processes that stand still at any moment (between being asked and sending too), clocks
 * that run at different rates. Whatever happens, no two lead at once, and the executor takes nothing of a former leader once it has
 * taken something of the next.
 */
@Timeout(120)
class LeaseSchedulesTest {
    private static final Lane LANE = Lane.PAPER;
    private static final long MILLI = 1_000_000L;
    private static final long SECOND = 1_000 * MILLI;
    private static final int SEEDS = 1_000;
    private static final long FAULTY_NANOS = 180 * SECOND;
    /** A TTL by the slowest clock is longer than one of true time; with the polls and calls around it, two are enough. */
    private static final long PATIENCE_NANOS = 2 * 10 * SECOND;

    /** True time, the one store, and what is still on its way to it. */
    private static final class World {
        private final SplittableRandom dice;
        private final InMemoryLeases store = new InMemoryLeases();
        private final Deque<Runnable> late = new ArrayDeque<>();
        private final List<String> told = new ArrayList<>();
        private long nanos;
        private boolean isFaulty = true;
        private long acceptedEpoch;

        private World(long seed) {
            dice = new SplittableRandom(seed);
        }

        private boolean happens(int percent) {
            return isFaulty && dice.nextInt(100) < percent;
        }
    }

    /** One process. Its clock starts anywhere and runs up to a sixth too fast or too slow. */
    private static final class Process {
        private final World world;
        private final String name;
        private final long offset;
        private final long rateE3;
        private LeaseRules rules;
        private LeaseState state;
        private int lives;
        private String owner;
        private LeaseAction action = new LeaseAction.Stop();
        private long startNanos;
        private Optional<LeaseAnswer> answer = Optional.empty();
        private long busyUntil;
        private OptionalLong asked = OptionalLong.empty();

        private Process(World world, String name) {
            this.world = world;
            this.name = name;
            offset = world.dice.nextLong();
            rateE3 = 850 + world.dice.nextInt(300);
            owner = name + 0;
            rules = new LeaseRules(LeaseTerms.DEFAULT, owner);
            state = LeaseState.start(clock());
        }

        private long clock() {
            return offset + world.nanos / 1_000 * rateE3;
        }

        /** Between its steps anything may happen to the others, and it may stand still for long. */
        private void step() {
            if (answer.isPresent()) {
                state = rules.after(state, answer.get(), startNanos, clock());
                answer = Optional.empty();
            }
            startNanos = clock();
            action = rules.next(state, startNanos);
            busyUntil = world.nanos + world.dice.nextLong(5 * MILLI, 400 * MILLI);
            answer = call(action);
            if (world.happens(3)) {
                busyUntil += world.dice.nextLong(40 * SECOND);
            }
        }

        private Optional<LeaseAnswer> call(LeaseAction due) {
            return switch (due) {
                case LeaseAction.Read read ->
                    Optional.of(
                            world.happens(10)
                                    ? new LeaseAnswer.Unanswered()
                                    : new LeaseAnswer.Found(world.store.read(LANE)));
                case LeaseAction.Acquire acquire -> {
                    String me = owner;
                    yield write(() -> world.store.acquire(LANE, acquire.seen(), me));
                }
                case LeaseAction.Renew renew -> {
                    String me = owner;
                    yield write(() -> world.store.renew(LANE, me, renew.epoch()));
                }
                case LeaseAction.Wait wait -> Optional.empty();
                case LeaseAction.Stop stop -> Optional.empty();
            };
        }

        private Optional<LeaseAnswer> write(java.util.function.BooleanSupplier write) {
            if (world.happens(6)) {
                // Never arrives, or arrives long after it was given up.
                world.late.add(() -> world.told.add(name + " late " + write.getAsBoolean()));
                return Optional.of(new LeaseAnswer.Unanswered());
            }
            boolean isDone = write.getAsBoolean();
            if (world.happens(6)) {
                return Optional.of(new LeaseAnswer.Unanswered());
            }
            if (world.happens(4)) {
                // The client sent it twice by itself, and has only the second answer.
                isDone = write.getAsBoolean();
            }
            return Optional.of(isDone ? new LeaseAnswer.Done() : new LeaseAnswer.Refused());
        }

        private boolean isLeading() {
            return LeaseRules.isValid(state, clock());
        }
    }

    @Test
    void no_two_lead_at_once_and_somebody_leads_within_two_ttls_after_the_faults() {
        int handovers = 0;
        long published = 0;
        long voided = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            World world = new World(seed);
            List<Process> processes = new ArrayList<>();
            for (int i = 0; i < 2 + world.dice.nextInt(2); i++) {
                processes.add(new Process(world, "p" + i + "."));
            }
            long quietSince = Long.MAX_VALUE;
            long ledSince = Long.MAX_VALUE;
            while (ledSince == Long.MAX_VALUE) {
                world.nanos += 20 * MILLI;
                if (world.isFaulty && world.nanos >= FAULTY_NANOS) {
                    world.isFaulty = false;
                }
                if (world.happens(2) && !world.late.isEmpty()) {
                    world.late.poll().run();
                }
                boolean isSomebodyStill = false;
                for (Process process : processes) {
                    isSomebodyStill |= process.busyUntil > world.nanos + SECOND;
                    if (process.busyUntil <= world.nanos) {
                        restartIfOver(process);
                        process.step();
                    }
                }
                List<Process> leading =
                        processes.stream().filter(Process::isLeading).toList();
                assertThat(leading)
                        .as("seed %d, %d ms: %s", seed, world.nanos / MILLI, world.store.read(LANE))
                        .hasSizeLessThanOrEqualTo(1);
                for (Process process : processes) {
                    // What was asked a while ago is sent now, however long the process stood still in between.
                    boolean isStill = process.busyUntil > world.nanos + SECOND / 2;
                    if (process.asked.isPresent() && !isStill && world.dice.nextInt(20) == 0) {
                        long epoch = process.asked.getAsLong();
                        process.asked = OptionalLong.empty();
                        if (epoch >= world.store.epoch(LANE)) {
                            assertThat(epoch).as("seed %d", seed).isGreaterThanOrEqualTo(world.acceptedEpoch);
                            world.acceptedEpoch = epoch;
                            published++;
                        } else {
                            voided++;
                        }
                    }
                    if (process.isLeading() && !isStill && process.state instanceof LeaseState.Leading leads) {
                        process.asked = OptionalLong.of(leads.epoch());
                        assertThat(leads.epoch()).as("seed %d", seed).isEqualTo(world.store.epoch(LANE));
                    }
                }
                if (!world.isFaulty && !isSomebodyStill && quietSince == Long.MAX_VALUE) {
                    quietSince = world.nanos;
                }
                if (quietSince != Long.MAX_VALUE) {
                    assertThat(world.nanos - quietSince)
                            .as("seed %d: nobody leads", seed)
                            .isLessThanOrEqualTo(PATIENCE_NANOS);
                    ledSince = leading.isEmpty() ? ledSince : world.nanos;
                }
            }
            handovers += (int) world.store.epoch(LANE) - 1;
        }
        // Schedules that test nothing would pass too.
        assertThat(handovers).isGreaterThan(2 * SEEDS);
        assertThat(published).isGreaterThan(100L * SEEDS);
        assertThat(voided).isGreaterThan(SEEDS / 4);
    }

    private static void restartIfOver(Process process) {
        boolean dies = process.world.happens(1) && process.world.dice.nextInt(4) == 0;
        if (process.state instanceof LeaseState.Lost || dies) {
            process.lives++;
            process.owner = process.name + process.lives;
            process.rules = new LeaseRules(LeaseTerms.DEFAULT, process.owner);
            process.state = LeaseState.start(process.clock());
            process.answer = Optional.empty();
            process.asked = dies ? OptionalLong.empty() : process.asked;
        }
    }
}
