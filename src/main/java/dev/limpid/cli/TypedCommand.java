package dev.limpid.cli;

import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** The training command that was typed, for a model's card. */
final class TypedCommand {
    private TypedCommand() {}

    /** @param steps instead of {@code --minutes}, if these were given */
    static String again(CommandSpec self, Optional<Integer> steps) {
        StringBuilder text = new StringBuilder("bin/limpid train");
        boolean skip = false;
        for (String argument : self.commandLine().getParseResult().originalArgs()) {
            if (skip) {
                skip = false;
            } else if (argument.equals("--minutes")) {
                skip = true;
            } else if (!argument.equals("train") && !argument.startsWith("--minutes=")) {
                text.append(argument.startsWith("--") ? " \\\n  " : " ").append(quoted(argument));
            }
        }
        return steps.map(count -> text + " \\\n  --steps " + count).orElse(text.toString());
    }

    private static String quoted(String argument) {
        return argument.matches("[\\w./:=@,+-]+") ? argument : "'" + argument.replace("'", "'\\''") + "'";
    }
}
