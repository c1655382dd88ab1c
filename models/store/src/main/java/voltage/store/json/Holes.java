package voltage.store.json;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds what JSON left out of a record: Jackson fills a missing component with null, which the vocabulary does not allow. */
final class Holes {
    private static final ClassValue<Method[]> ACCESSORS = new ClassValue<>() {
        @Override
        protected Method[] computeValue(Class<?> type) {
            return Arrays.stream(type.getRecordComponents())
                    .filter(component -> !component.getType().isPrimitive())
                    .map(RecordComponent::getAccessor)
                    .toArray(Method[]::new);
        }
    };

    private Holes() {}

    /** The first component without a value, as {@code Filled.fills}, at any depth; null if there is none. */
    static @Nullable String in(Object value) {
        return switch (value) {
            case Record record -> inRecord(record);
            case Collection<?> elements -> inAll(elements);
            case Map<?, ?> map -> inAll(map.values());
            case Optional<?> optional -> optional.isPresent() ? in(optional.get()) : null;
            default -> null;
        };
    }

    private static @Nullable String inAll(Collection<?> elements) {
        for (Object element : elements) {
            String hole = element == null ? "an element of a list" : in(element);
            if (hole != null) {
                return hole;
            }
        }
        return null;
    }

    private static @Nullable String inRecord(Record record) {
        for (Method accessor : ACCESSORS.get(record.getClass())) {
            Object component = read(record, accessor);
            String hole =
                    component == null ? record.getClass().getSimpleName() + "." + accessor.getName() : in(component);
            if (hole != null) {
                return hole;
            }
        }
        return null;
    }

    private static @Nullable Object read(Record record, Method accessor) {
        try {
            return accessor.invoke(record);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("the vocabulary is public records, was " + record.getClass(), e);
        }
    }
}
