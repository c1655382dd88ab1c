package voltage.lambda.execution;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** A port of which a test sees every call before it is made, and can make it fail. */
final class Intercepted {
    @FunctionalInterface
    interface Before {
        /** An exception from here is what the caller gets in place of an answer. */
        void call(String method, Object[] arguments);
    }

    private Intercepted() {}

    static <T> T of(Class<T> port, T inner, Before before) {
        return port.cast(Proxy.newProxyInstance(
                port.getClassLoader(), new Class<?>[] {port}, (proxy, method, given) -> {
                    Object[] arguments = given == null ? new Object[0] : given;
                    before.call(method.getName(), arguments);
                    try {
                        return method.invoke(inner, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
