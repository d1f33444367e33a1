import ArgumentParser
import Siprecap

/// `siprecap keys`: what concerns key files.
struct Keys: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "keys", abstract: "Checks key files and key logs.", subcommands: [KeysCheck.self])
}

/// `siprecap keys check FILE... [INPUT...]`.
struct KeysCheck: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Lists the keys in key files, key logs and private keys, mistakes in them, and what each decrypts. Shows no key.",
        discussion: """
            Files are recognised by content: captures are inputs; NSS key logs
            (SSLKEYLOGFILE) and RSA private keys (PEM) decrypt TLS and DTLS; all others are
            SRTP key files (YAML, JSON, or lines of a=crypto or inline).

            EXAMPLES
              siprecap keys check keys.yaml                the format and length of each key
              siprecap keys check keys.yaml call.pcapng    which key opens which stream, and
                                                           what is still encrypted
              siprecap keys check sslkeys.log              unreadable lines, unknown labels
              siprecap keys check sslkeys.log call.pcapng  which line opens which
                                                           connection, which match none
              siprecap keys check server.key call.pcapng   which connections an RSA key
                                                           opens, and why not the others

            KEY FILE
              keys:
                - suite: AES_CM_128_HMAC_SHA1_80
                  key: "base64 of master key and salt"  # or "hex:00ff..."
                  mki: "0001"                           # optional
              Also optional: roc, callID, label, ssrc, source, destination.
            """)

    @Argument(help: ArgumentHelp("Key files, key logs, private keys, then captures.", valueName: "file"))
    var files: [String]

    @Option(
        name: .customLong("rsa-passphrase-file"),
        help: ArgumentHelp("Passphrase for encrypted keys: the first line of this file. Without it, you are prompted.", valueName: "file"))
    var rsaPassphraseFile: String?

    @Flag(help: "Print JSON instead of text.")
    var json = false

    @Option(help: ArgumentHelp("auto: show progress on a terminal only.", valueName: "auto|always|never|json"))
    var progress: ProgressMode = .auto

    func run() async throws {
        Interruption.install()
        var keys = Options.Keys()
        keys.passphraseFile = rsaPassphraseFile
        keys.passphrase = Passphrase.ask
        var line: ProgressLine?
        let check: KeyCheck
        do throws(SiprecapError) {
            check = try KeyCheck(files: files, keys: keys) {
                let shown = ProgressLine(progress)
                line = shown
                return shown
            }
        } catch { throw error.asFailure }
        line?.finish()
        try MissingLibrary.check()
        if check.wasInterrupted { throw ExitStatus.interrupted }
        if json {
            Console.result(try check.json)
        } else {
            Console.lines(check.lines)
        }
        if check.hasUnreadableFile { throw ExitStatus.failed }
        if check.isDoubtful { throw ExitStatus.incomplete }
    }
}
