package dev.pgkeep.format.pgtext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import java.io.OutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowPrinterTest {
    @Test
    void a_type_that_cannot_be_printed_is_named_with_a_way_around() {
        var printers = new TypePrinters("", 180_000);
        assertThatThrownBy(() ->
                        new RowPrinter(printers, List.of("integer", "public.cube"), OutputStream.nullOutputStream()))
                .isInstanceOfSatisfying(PgkeepException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.FORMAT_UNSUPPORTED);
                    assertThat(e.hint()).contains("-t", "pgkeep restore --to");
                })
                .hasMessageContaining("public.cube");
    }
}
