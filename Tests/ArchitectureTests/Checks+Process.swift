/// Printing and ending the process are the command's: a host that uses our modules as a library has its own streams and its own end.
extension Checks {
    static let printing: Set<String> = [
        "printf", "fprintf", "dprintf", "vprintf", "vfprintf", "vdprintf", "puts", "fputs", "putc", "fputc", "putchar", "perror", "psignal", "psiginfo",
        "syslog", "vsyslog", "err", "errx", "warn", "warnx", "verr", "verrx", "vwarn", "vwarnx", "error",
    ]
    /// What writes to descriptors, of the process or of a file.
    static let writing: Set<String> = ["write", "writev", "pwrite", "pwritev", "fwrite"]
    static let ending: Set<String> = [
        "exit", "_exit", "_Exit", "quick_exit", "abort", "raise", "kill", "tgkill", "pthread_exit", "pthread_kill", "__assert_fail", "__builtin_trap",
    ]
    static let streams: Set<String> = ["stdout", "stderr", "STDOUT_FILENO", "STDERR_FILENO"]

    /// Calls in a C file or header that print or end the process. No C of ours opens files, so none writes to them either.
    static func process(ofC source: String) -> [String] {
        // A quotation mark as a character would begin a string.
        let text = SwiftText(source.replacing("'\"'", with: "' '").replacing("'\\\"'", with: "'  '"))
        return complaints(text, printing.union(writing).union(ending).union(["assert"]))
    }

    /// The same in Swift, by layer. Layer 5 writes files; below, a type may call its own `write` but not the system's. `error` is what Swift calls
    /// what was caught.
    static func process(ofSwift source: String, layer: Int) -> [String] {
        if layer > 5 { return [] }
        let text = SwiftText(source)
        let system = /\bGlibc\.(write|writev|pwrite|pwritev|fwrite)\(|(^|[^.\w])write\([0-9]/
        let written = layer > 4 ? [] : text.lineNumbers(of: system, words: Array(writing)).map { "line \($0): writes: return it" }
        return written + complaints(text, printing.subtracting(["error"]).union(ending))
    }

    private static func complaints(_ text: SwiftText, _ calls: Set<String>) -> [String] {
        text.calls(of: calls).map { call in
            "line \(call.line): \(call.name) \(ending.contains(call.name) || call.name == "assert" ? "ends the process" : "prints or writes"): return it"
        } + text.words(among: streams).map { "line \($0.line): \($0.name) is the command's" }
    }
}
