package dev.pgkeep.postgres.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.testing.PostgresServers;
import dev.pgkeep.testing.TestDatabase;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The content of tables, read by several sessions, is that of all their ranges or none. */
final class ContentReaderIT {
    @Test
    void ranges_that_several_sessions_read_are_summed() throws Exception {
        try (TestDatabase database = filled();
                var reading = Reading.of(database)) {
            assertThat(Ranges.runs(reading.table("t"))).hasSizeGreaterThan(3);
            assertThat(reading.content("t").rows()).isEqualTo(60_000);
        }
    }

    /** Else the other session reads the ranges that are left, and a hash comes out that lacks one. */
    @ParameterizedTest
    @ValueSource(classes = {OutOfMemoryError.class, StackOverflowError.class, NoClassDefFoundError.class})
    void a_session_that_dies_of_an_error_is_a_failure_and_not_a_range_without_rows(Class<? extends Error> type)
            throws Exception {
        // Not closed: sessions that are cut still load classes afterwards.
        var classes = new FailingOnce(RowContent.class, () -> made(type));
        try (TestDatabase database = filled()) {
            assertThatThrownBy(() -> read(classes, database))
                    .isInstanceOf(InvocationTargetException.class)
                    .extracting(Throwable::getCause)
                    .satisfies(failure -> {
                        assertThat(failure.getClass().getName()).isEqualTo(PgkeepException.class.getName());
                        assertThat(failure).hasCauseInstanceOf(type);
                    });
        }
    }

    /** Many ranges, so that there are some for both sessions. */
    private static TestDatabase filled() throws Exception {
        TestDatabase database = PostgresServers.any().database("content");
        database.execute("create table t (id int, x text); insert into t select i, repeat('x', i % 500) from"
                + " generate_series(1, 60000) i");
        return database;
    }

    private static void read(ClassLoader classes, TestDatabase database) throws Exception {
        var main = classes.loadClass(SmallHeap.class.getName()).getMethod("main", String[].class);
        main.setAccessible(true);
        main.invoke(null, (Object) new String[] {database.url()});
    }

    private static Error made(Class<? extends Error> type) {
        try {
            return type.getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Loads our classes and what they use once more, and fails once with an error when one of them is asked for: as the
     * virtual machine does, in the midst of the work, when there is no memory or its file is gone.
     */
    private static final class FailingOnce extends URLClassLoader {
        private final String failing;
        private final Supplier<Error> error;
        private final AtomicBoolean failed = new AtomicBoolean();

        FailingOnce(Class<?> failing, Supplier<Error> error) throws IOException {
            super(classPath(), ClassLoader.getPlatformClassLoader());
            this.failing = failing.getName();
            this.error = error;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (name.equals(failing) && failed.compareAndSet(false, true)) {
                throw error.get();
            }
            return super.findClass(name);
        }

        private static URL[] classPath() {
            return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                    .map(FailingOnce::url)
                    .toArray(URL[]::new);
        }

        private static URL url(String place) {
            try {
                return Path.of(place).toUri().toURL();
            } catch (MalformedURLException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
