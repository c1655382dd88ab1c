package voltage.store.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Records as JSON objects, component by component in order; a record of a sealed interface begins with its simple name as
 * {@code type}. Integers stay integers. Unknown fields are skipped, missing ones are refused (an absent {@code Optional} is empty),
 * so a field may be added before all readers know it, and none can be lost unnoticed.
 */
public final class RecordJson {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final Map<Class<?>, Shape> SHAPES = new ConcurrentHashMap<>();

    private RecordJson() {}

    /** The text is not the JSON of what was asked for. */
    public static final class MalformedJsonException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        MalformedJsonException(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** @param declared the type by which it will be read: the record itself or its sealed interface */
    public static <T> byte[] write(Class<T> declared, T value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(512);
        try (JsonGenerator generator = FACTORY.createGenerator(out)) {
            writeValue(generator, declared, value);
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written", e);
        }
        return out.toByteArray();
    }

    public static <T> String writeText(Class<T> declared, T value) {
        return new String(write(declared, value), StandardCharsets.UTF_8);
    }

    /** @throws MalformedJsonException if the text is not one such object */
    public static <T> T read(Class<T> declared, byte[] json, int from, int to) {
        try (JsonParser parser = FACTORY.createParser(json, from, to - from)) {
            parser.nextToken();
            T value = declared.cast(readValue(parser, declared));
            if (parser.nextToken() != null) {
                throw malformed(declared, "something follows it", null);
            }
            return value;
        } catch (IOException | IllegalArgumentException | ClassCastException e) {
            throw malformed(declared, String.valueOf(e.getMessage()), e);
        }
    }

    public static <T> T read(Class<T> declared, String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return read(declared, bytes, 0, bytes.length);
    }

    private static MalformedJsonException malformed(Class<?> type, String why, @Nullable Throwable cause) {
        return new MalformedJsonException("JSON of a " + type.getSimpleName() + " was expected: " + why, cause);
    }

    private static void writeValue(JsonGenerator out, Type declared, @Nullable Object value) throws IOException {
        switch (value) {
            case null -> throw new IllegalArgumentException("null has no place in a record of " + declared);
            case String text -> out.writeString(text);
            case Long number -> out.writeNumber(number);
            case Integer number -> out.writeNumber(number);
            case Boolean flag -> out.writeBoolean(flag);
            case Enum<?> constant -> out.writeString(constant.name());
            case List<?> list -> {
                out.writeStartArray();
                for (Object element : list) {
                    writeValue(out, argument(declared), element);
                }
                out.writeEndArray();
            }
            case Record composed -> {
                out.writeStartObject();
                if (declared instanceof Class<?> type && type.isInterface()) {
                    out.writeStringField("type", composed.getClass().getSimpleName());
                }
                Shape shape = shape(composed.getClass());
                for (RecordComponent component : shape.components.values()) {
                    Object part = shape.get(component, composed);
                    if (part instanceof Optional<?> optional) {
                        if (optional.isPresent()) {
                            out.writeFieldName(component.getName());
                            writeValue(out, argument(component.getGenericType()), optional.get());
                        }
                    } else {
                        out.writeFieldName(component.getName());
                        writeValue(out, component.getGenericType(), part);
                    }
                }
                out.writeEndObject();
            }
            default -> throw new IllegalArgumentException("no JSON is defined for " + value.getClass());
        }
    }

    private static Object readValue(JsonParser in, Type declared) throws IOException {
        if (declared instanceof ParameterizedType generic && generic.getRawType() == List.class) {
            expect(in, JsonToken.START_ARRAY, declared);
            List<Object> list = new ArrayList<>();
            while (in.nextToken() != JsonToken.END_ARRAY) {
                list.add(readValue(in, argument(declared)));
            }
            return list;
        }
        if (!(declared instanceof Class<?> type)) {
            throw new IllegalArgumentException("no JSON is defined for " + declared);
        }
        if (type == long.class || type == int.class) {
            expect(in, JsonToken.VALUE_NUMBER_INT, declared);
            return type == long.class ? (Object) in.getLongValue() : (Object) in.getIntValue();
        }
        if (type == boolean.class) {
            return in.getBooleanValue();
        }
        if (type == String.class) {
            expect(in, JsonToken.VALUE_STRING, declared);
            return in.getText();
        }
        if (type.isEnum()) {
            expect(in, JsonToken.VALUE_STRING, declared);
            return constant(type, in.getText());
        }
        expect(in, JsonToken.START_OBJECT, declared);
        return readRecord(in, type);
    }

    private static Object readRecord(JsonParser in, Class<?> declared) throws IOException {
        Class<?> type = declared;
        JsonToken token = in.nextToken();
        if (declared.isInterface()) {
            if (token != JsonToken.FIELD_NAME || !in.currentName().equals("type")) {
                throw new IllegalArgumentException("it must begin with its type");
            }
            in.nextToken();
            type = permitted(declared, in.getText());
            token = in.nextToken();
        }
        Shape shape = shape(type);
        @Nullable Object[] values = new Object[shape.components.size()];
        while (token == JsonToken.FIELD_NAME) {
            RecordComponent component = shape.components.get(in.currentName());
            in.nextToken();
            if (component == null) {
                in.skipChildren();
            } else if (component.getType() == Optional.class) {
                values[shape.index(component)] = Optional.of(readValue(in, argument(component.getGenericType())));
            } else {
                values[shape.index(component)] = readValue(in, component.getGenericType());
            }
            token = in.nextToken();
        }
        return shape.make(values);
    }

    private static void expect(JsonParser in, JsonToken wanted, Type declared) {
        if (in.currentToken() != wanted) {
            throw new IllegalArgumentException(
                    wanted + " was expected for " + declared.getTypeName() + ", was " + in.currentToken());
        }
    }

    private static Object constant(Class<?> type, String name) {
        for (Object constant : type.getEnumConstants()) {
            if (((Enum<?>) constant).name().equals(name)) {
                return constant;
            }
        }
        throw new IllegalArgumentException(
                "one of the constants of " + type.getSimpleName() + " was expected, was " + name);
    }

    private static Class<?> permitted(Class<?> sealed, String name) {
        Class<?>[] permitted = sealed.getPermittedSubclasses();
        if (permitted != null) {
            for (Class<?> candidate : permitted) {
                if (candidate.getSimpleName().equals(name)) {
                    return candidate;
                }
            }
        }
        throw new IllegalArgumentException(
                "a type of " + sealed.getSimpleName() + " was expected, was \"" + name + "\"");
    }

    private static Type argument(Type generic) {
        return generic instanceof ParameterizedType parameterized
                ? parameterized.getActualTypeArguments()[0]
                : Object.class;
    }

    private static Shape shape(Class<?> type) {
        return SHAPES.computeIfAbsent(type, Shape::of);
    }

    /** A record's components by name, and how to take it apart and make it. */
    private record Shape(
            Class<?> type, Map<String, RecordComponent> components, java.lang.reflect.Constructor<?> constructor) {
        static Shape of(Class<?> type) {
            Map<String, RecordComponent> components = new LinkedHashMap<>();
            List<Class<?>> types = new ArrayList<>();
            for (RecordComponent component : type.getRecordComponents()) {
                components.put(component.getName(), component);
                types.add(component.getType());
                component.getAccessor().setAccessible(true);
            }
            try {
                var constructor = type.getDeclaredConstructor(types.toArray(Class<?>[]::new));
                constructor.setAccessible(true);
                return new Shape(type, components, constructor);
            } catch (NoSuchMethodException e) {
                throw new IllegalArgumentException(type + " is no record", e);
            }
        }

        int index(RecordComponent component) {
            return List.copyOf(components.keySet()).indexOf(component.getName());
        }

        @Nullable
        Object get(RecordComponent component, Object record) {
            try {
                return component.getAccessor().invoke(record);
            } catch (IllegalAccessException | InvocationTargetException e) {
                throw new IllegalArgumentException(component + " cannot be read", e);
            }
        }

        Object make(@Nullable Object[] values) {
            int i = 0;
            for (RecordComponent component : components.values()) {
                if (values[i] == null) {
                    if (component.getType() != Optional.class) {
                        throw new IllegalArgumentException("field \"" + component.getName() + "\" is missing");
                    }
                    values[i] = Optional.empty();
                }
                i++;
            }
            try {
                return constructor.newInstance(values);
            } catch (InvocationTargetException e) {
                Throwable cause = e.getCause() == null ? e : e.getCause();
                throw new IllegalArgumentException(cause.getMessage(), cause);
            } catch (InstantiationException | IllegalAccessException e) {
                throw new IllegalArgumentException(type + " cannot be made", e);
            }
        }
    }
}
