package dev.pgkeep.cli.render;

import dev.pgkeep.operation.doctor.Check;
import java.util.List;
import java.util.Locale;

/** The result of {@code doctor --json}: {@code state} is {@code ok}, {@code warn} or {@code fail}. */
@io.avaje.jsonb.Json
public record DoctorJson(List<Finding> checks, boolean healthy) {
    /** One finding and what to do about it. */
    @io.avaje.jsonb.Json
    public record Finding(String name, String state, String text, String fix) {}

    public static DoctorJson of(List<Check> checks) {
        return new DoctorJson(
                checks.stream()
                        .map(check -> new Finding(
                                check.name(), check.state().name().toLowerCase(Locale.ROOT), check.text(), check.fix()))
                        .toList(),
                checks.stream().noneMatch(check -> check.state() == Check.State.FAIL));
    }
}
