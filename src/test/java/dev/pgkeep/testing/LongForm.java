package dev.pgkeep.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** A test that runs with {@code -Dpgkeep.campaign=true} only, because shorter ones show nearly as much. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@EnabledIfSystemProperty(named = "pgkeep.campaign", matches = "true", disabledReason = "long form")
public @interface LongForm {}
