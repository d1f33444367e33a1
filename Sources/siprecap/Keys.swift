import ArgumentParser
import CaptureSurvey
import Evidence
import PacketInput
import Reconstruction
import RecordingFiles

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
        var captures: [String] = []
        var keyFiles: [String] = []
        var keyLogs: [String] = []
        var rsaKeys: [String] = []
        for file in files {
            switch CaptureInputs.content(of: file) {
            case .capture: captures.append(file)
            case .keyLog: keyLogs.append(file)
            case .privateKey: rsaKeys.append(file)
            case .keyFile: keyFiles.append(file)
            }
        }
        var options = ReconstructionOptions()
        options.toolVersion = Siprecap.version
        options.keys = KeyFile.read(paths: keyFiles)
        options.tls = try TLSSecretFiles(keyLogs: keyLogs, rsaKeys: rsaKeys, passphraseFile: rsaPassphraseFile, limits: options.limits).inputs
        var plan: ReconstructionPlan?
        var survey: Survey?
        if !captures.isEmpty {
            let line = ProgressLine(progress)
            let inputs = CaptureInputs.resolve(arguments: captures, isHashed: false)
            let merge = FrameMerge(inputs.files, faults: inputs.faults, limits: options.limits, observer: line)
            let seen = Surveyor.run(merge, options: options.reading, hashKey: .random(in: .min ... .max), observer: line)
            plan = Planner.plan(seen, options: options)
            survey = seen
            line.finish()
            if seen.wasInterrupted { throw ExitStatus.interrupted }
        }
        let report = KeysReport(options.keys, tls: options.tls, survey: survey, plan: plan)
        if json {
            Console.result(String(decoding: try SidecarJSON.encode(report).dropLast(), as: UTF8.self))
        } else {
            Console.lines(KeysTable.lines(report))
        }
        if KeyFile.unreadable(options.keys) != nil { throw ExitStatus.failed }
        let isAnyClosed = report.tls?.connections?.contains { $0.reason != nil } ?? false
        let isAnyMalformed = report.tls?.keyLogs.contains { $0.malformed > 0 } ?? false
        if !report.problems.isEmpty || !report.keysNeeded.isEmpty || isAnyClosed || isAnyMalformed { throw ExitStatus.incomplete }
    }
}
