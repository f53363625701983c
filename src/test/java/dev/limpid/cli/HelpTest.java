package dev.limpid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What {@code --help} says of every command. */
class HelpTest {
    @Test
    void defaults_are_shown_as_they_are_typed() {
        for (CommandLine command : all(Limpid.commandLine(), new ArrayList<>())) {
            assertThat(command.getUsageMessage())
                    .as(command.getCommandSpec().qualifiedName())
                    .doesNotContainPattern("Default:\\s+([A-Z]{2,}|\\[)");
        }
    }

    private static List<CommandLine> all(CommandLine of, List<CommandLine> into) {
        into.add(of);
        of.getSubcommands().values().forEach(each -> all(each, into));
        return into;
    }
}
