import ArgumentParser

/// Where options come from besides the command line. Both are dealt with before the command is parsed, by `ConfiguredArguments`;
/// they are here for `--help` and so that the parser accepts them.
struct ConfigOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Options from a YAML file: long option names and values, at the top or below a command's name. What the command line says wins. "
                + "Without it, siprecap.yaml in the working folder is read.", valueName: "file"))
    var config: String?

    @Flag(help: "Print the options that are in force, as such a file, and stop.")
    var printConfig = false
}
