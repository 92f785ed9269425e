package dev.pgkeep;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** What stands in for a JVM beside the native executable answers every call, see {@code build/graal/libjvm.c}. */
@EnabledIf("isThere")
final class LibjvmIT {
    private static final Path LIBRARY = Path.of("target/native/lib/libjvm.so").toAbsolutePath();
    private static final Path PARTS = Path.of("target/native/kit/c");

    /** Places in JNI's table of functions. */
    private static final int FIND_CLASS = 6;

    private static final int THROW_NEW = 14;
    private static final int FUNCTIONS = 235;

    private final Arena arena = Arena.ofShared();
    private final Linker linker = Linker.nativeLinker();
    private String thrown = "";
    private String type = "";

    @AfterEach
    void free() {
        arena.close();
    }

    static boolean isThere() {
        return Files.exists(LIBRARY) && Files.exists(PARTS.resolve("missing.h"));
    }

    @Test
    void everything_that_the_libraries_of_the_jdk_import_is_there() throws Exception {
        SymbolLookup library = SymbolLookup.libraryLookup(LIBRARY, arena);
        List<String> imported = Files.readAllLines(PARTS.resolve("imported"));
        assertThat(imported)
                .hasSizeGreaterThan(100)
                .allMatch(name -> library.find(name).isPresent());
    }

    @Test
    void what_it_does_not_have_is_an_error_with_a_name_and_no_abort() throws Throwable {
        SymbolLookup library = SymbolLookup.libraryLookup(LIBRARY, arena);
        MemorySegment environment = environment();
        for (String line : Files.readAllLines(PARTS.resolve("missing.h"))) {
            String name = line.substring("MISSING(".length(), line.length() - 1);
            thrown = "";
            var function =
                    linker.downcallHandle(library.find(name).orElseThrow(), FunctionDescriptor.of(JAVA_LONG, ADDRESS));
            assertThat((long) function.invokeExact(environment)).isZero();
            assertThat(thrown)
                    .startsWith(name + ": not part of a native executable")
                    .contains("PGKEEP_JVM=1");
            assertThat(type).isEqualTo("java/lang/UnsupportedOperationException");
        }
    }

    @Test
    void its_clocks_are_those_of_the_machine() throws Throwable {
        SymbolLookup library = SymbolLookup.libraryLookup(LIBRARY, arena);
        var two = FunctionDescriptor.of(JAVA_LONG, ADDRESS, ADDRESS);
        var millis = linker.downcallHandle(library.find("JVM_CurrentTimeMillis").orElseThrow(), two);
        long before = System.currentTimeMillis();
        long between = (long) millis.invokeExact(MemorySegment.NULL, MemorySegment.NULL);
        assertThat(between).isBetween(before, System.currentTimeMillis());

        var adjustment = linker.downcallHandle(
                library.find("JVM_GetNanoTimeAdjustment").orElseThrow(),
                FunctionDescriptor.of(JAVA_LONG, ADDRESS, ADDRESS, JAVA_LONG));
        long seconds = before / 1000;
        long nanos = (long) adjustment.invokeExact(MemorySegment.NULL, MemorySegment.NULL, seconds);
        assertThat(nanos).isBetween(0L, 60_000_000_000L);
        long far = (long) adjustment.invokeExact(MemorySegment.NULL, MemorySegment.NULL, seconds + 0x200000000L);
        assertThat(far).isEqualTo(-1);
    }

    @Test
    void it_sees_the_processors_that_this_process_may_use() throws Throwable {
        SymbolLookup library = SymbolLookup.libraryLookup(LIBRARY, arena);
        var processors = linker.downcallHandle(
                library.find("JVM_ActiveProcessorCount").orElseThrow(), FunctionDescriptor.of(JAVA_INT));
        assertThat((int) processors.invokeExact()).isPositive();
    }

    /** A JNI environment that knows two functions, and writes down what it is told. */
    private MemorySegment environment() throws ReflectiveOperationException {
        MemorySegment table = arena.allocate(ADDRESS, FUNCTIONS);
        table.setAtIndex(ADDRESS, FIND_CLASS, upcall("findClass", MemorySegment.class, 2));
        table.setAtIndex(ADDRESS, THROW_NEW, upcall("throwNew", int.class, 3));
        MemorySegment environment = arena.allocate(ADDRESS);
        environment.set(ADDRESS, 0, table);
        return environment;
    }

    private MemorySegment upcall(String name, Class<?> result, int arguments) throws ReflectiveOperationException {
        Class<?>[] types = new Class<?>[arguments];
        Arrays.fill(types, MemorySegment.class);
        MethodHandle method = MethodHandles.lookup().bind(this, name, MethodType.methodType(result, types));
        var layouts = new MemoryLayout[arguments];
        Arrays.fill(layouts, ADDRESS);
        var descriptor = result == int.class
                ? FunctionDescriptor.of(JAVA_INT, layouts)
                : FunctionDescriptor.of(ADDRESS, layouts);
        return linker.upcallStub(method, descriptor, arena);
    }

    MemorySegment findClass(MemorySegment environment, MemorySegment name) {
        type = name.reinterpret(200).getString(0);
        return environment;
    }

    int throwNew(MemorySegment environment, MemorySegment type, MemorySegment message) {
        thrown = message.reinterpret(200).getString(0);
        return 0;
    }
}
