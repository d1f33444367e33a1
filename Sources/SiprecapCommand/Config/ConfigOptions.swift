import ArgumentParser

/// Where options come from besides the command line. Both are dealt with before the command is parsed, by `ConfiguredArguments`;
/// they are here for `--help` and so that the parser accepts them.
struct ConfigOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Read options from a YAML file: long option names and values, at the top level or under a command. The command line takes precedence. "
                + "Default: siprecap.yaml in the working directory, if present.", valueName: "file"))
    var config: String?

    @Flag(help: "Print the options in effect in that format and stop.")
    var printConfig = false
}
