package dev.limpid.cli;

import picocli.CommandLine.Command;

/** {@code limpid topics}. */
@Command(
        name = "topics",
        description = "Creates or checks the topics of a pipeline.",
        mixinStandardHelpOptions = true,
        subcommands = {TopicsCreateCommand.class, TopicsCheckCommand.class})
final class TopicsCommand {}
