package dev.limpid.cli;

/** What a demo's series carry. */
enum DemoKind {
    SIGNAL,
    FRAME,
    TOKENS
}
