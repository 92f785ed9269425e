package dev.pgkeep.operation.rows;

/** @param triggers whether the triggers of users run, as they would for the application */
public record RestoreOptions(OnConflict onConflict, boolean triggers) {}
