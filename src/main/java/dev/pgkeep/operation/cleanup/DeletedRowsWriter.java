package dev.pgkeep.operation.cleanup;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.format.columnar.RowHash;
import dev.pgkeep.format.rows.DocumentHead;
import dev.pgkeep.format.rows.DocumentHead.Condition;
import dev.pgkeep.format.rows.RowsReader;
import dev.pgkeep.format.rows.RowsReader.Checked;
import dev.pgkeep.format.rows.RowsWriter;
import dev.pgkeep.format.rows.RowsWriter.Written;
import dev.pgkeep.operation.rows.LiveRows;
import dev.pgkeep.repository.PendingRows;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes down everything that goes, before it goes. */
final class DeletedRowsWriter {
    private final CleanupPreview preview;
    private final String safety;
    private final Clock clock;
    private final Progress progress;
    private final Cancellation cancellation;

    /** @param safety the name of the backup that was made before */
    DeletedRowsWriter(
            CleanupPreview preview, String safety, Clock clock, Progress progress, Cancellation cancellation) {
        this.preview = preview;
        this.safety = safety;
        this.clock = clock;
        this.progress = progress;
        this.cancellation = cancellation;
    }

    /** The rows as they are right now, on the disk, read back, and found to be those that were found. */
    Written write(CleanupScope look, PendingRows pending) {
        progress.step("Writing the rows down");
        LiveRows rows = new LiveRows(
                look.closure(),
                look.relations(),
                look.tables().keySet(),
                look.changed().keySet(),
                cancellation);
        Written written = pending.write(out -> RowsWriter.write(
                out,
                head(),
                rows,
                (section, count, bytes) -> progress.advance(new Progress.Amount(
                        count,
                        preview.rows() + preview.changedRows(),
                        bytes,
                        section.table().toString()))));
        pending.sync();
        progress.step("Reading them back");
        Checked checked = RowsReader.check(pending.written());
        List<RowHash> read = new ArrayList<>(checked.contents().values());
        boolean same = checked.sha256().equals(written.sha256())
                && read.equals(written.sections())
                && checked.rows() == preview.rows() + preview.changedRows();
        if (!same) {
            throw new PgkeepException(
                    ErrorCode.PROOF_FAILED,
                    "the document with the rows does not read back as it was written",
                    "check the disk of the repository");
        }
        return written;
    }

    private DocumentHead head() {
        return new DocumentHead(
                preview.target().database(),
                preview.target().describeServer(),
                preview.serverVersion(),
                clock.instant(),
                Cleanup.COMMAND,
                preview.rules().stream()
                        .map(rule -> new Condition(rule.name(), rule.table(), rule.shown()))
                        .toList(),
                Optional.of(safety));
    }
}
