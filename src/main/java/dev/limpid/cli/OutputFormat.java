package dev.limpid.cli;

/** What {@code --output} may be, for every command that prints a result. */
enum OutputFormat {
    TEXT,
    JSON
}
