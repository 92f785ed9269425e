package dev.pgkeep.operation.appcommand;

/** Shows that a command of the application begins, and says where its words go. */
@FunctionalInterface
public interface CommandStage {
    /**
     * Makes the stage ready; the command is started next.
     *
     * @param name what it is for: {@code migrate}, {@code seed}, {@code after-restore}
     * @return where its words go
     */
    CommandOutput begin(String name, ApplicationCommand command);
}
