import ArgumentParser
import Siprecap

/// `siprecap keys`: what concerns key files.
struct Keys: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "keys", abstract: "Checks files of keys and secrets.", subcommands: [KeysCheck.self])
}

/// `siprecap keys check FILE... [INPUT...]`.
struct KeysCheck: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "What key files, key logs and private keys hold, their mistakes, and what each opens. Shows no key.",
        discussion: """
            Files are told apart by content: captures are inputs; NSS key logs (SSLKEYLOGFILE) and RSA private keys in PEM open TLS and DTLS;
            all others are key files for SRTP (YAML, JSON, or lines of a=crypto or inline).

            EXAMPLES
              siprecap keys check keys.yaml                 format and length of every key
              siprecap keys check keys.yaml call.pcapng     which key opens which stream, and what is still closed
              siprecap keys check sslkeys.log               lines that cannot be read, labels that are not known
              siprecap keys check sslkeys.log call.pcapng   which line opened which connection, which lines belong to none
              siprecap keys check server.key call.pcapng    which connections an RSA key opens, and why not the others

            KEY FILE
              keys:
                - suite: AES_CM_128_HMAC_SHA1_80
                  key: "base64 of master key and salt"      or "hex:00ff..."
                  mki: "0001"                               optional, as are roc, callID, label, ssrc, source, destination
            """)

    @Argument(help: ArgumentHelp("Key files, key logs, private keys, then captures.", valueName: "file"))
    var files: [String]

    @Option(
        name: .customLong("rsa-passphrase-file"),
        help: ArgumentHelp("Passphrase of encrypted keys: the first line of this file. Without it, a terminal is asked.", valueName: "file"))
    var rsaPassphraseFile: String?

    @Flag(help: "Print JSON instead of lines.")
    var json = false

    @Option(help: ArgumentHelp("auto shows progress on a terminal only.", valueName: "auto|always|never|json"))
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
