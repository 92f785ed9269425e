package dev.pgkeep.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.support.ParameterDeclarations;

/**
 * Runs a test once for each of these lines, whose words are parted by {@code |}; and in the long form also for those
 * that show what the others show already.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest
@ArgumentsSource(Forms.Lines.class)
public @interface Forms {
    /** Always. */
    String[] value();

    /** With {@code -Dpgkeep.campaign=true}. */
    String[] campaign();

    /** The lines of one test. */
    final class Lines implements ArgumentsProvider {
        @Override
        public Stream<? extends Arguments> provideArguments(ParameterDeclarations parameters, ExtensionContext test) {
            Forms forms = test.getRequiredTestMethod().getAnnotation(Forms.class);
            return Stream.concat(
                            Arrays.stream(forms.value()),
                            Campaign.LONG ? Arrays.stream(forms.campaign()) : Stream.empty())
                    .map(line -> Arguments.of((Object[]) line.split(" *\\| *", -1)));
        }
    }
}
