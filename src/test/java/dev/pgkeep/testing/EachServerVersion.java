package dev.pgkeep.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.support.ParameterDeclarations;

/**
 * A test that takes a {@link TestServer} and runs once on every version of PostgreSQL to be had here; or usually on the
 * oldest and the newest alone, where versions differ in little.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest(name = "{0}")
@ArgumentsSource(EachServerVersion.Servers.class)
public @interface EachServerVersion {
    /** Whether those between are left to the long form. */
    boolean usuallyEnds() default false;

    /** Gives the shared server of every version. */
    final class Servers implements ArgumentsProvider {
        @Override
        public Stream<? extends Arguments> provideArguments(
                ParameterDeclarations parameters, ExtensionContext context) {
            List<Integer> all = PostgresServers.versions();
            boolean ends = context.getRequiredTestMethod()
                            .getAnnotation(EachServerVersion.class)
                            .usuallyEnds()
                    && !Campaign.LONG;
            return (ends ? Stream.of(all.getFirst(), all.getLast()).distinct() : all.stream())
                    .map(major -> Arguments.of(PostgresServers.version(major)));
        }
    }
}
