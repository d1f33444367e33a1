import ArgumentParser
import Evidence
import PacketInput
import Reconstruction
import RecordingFiles

/// What every command that reads captures takes.
struct CaptureOptions: ParsableArguments {
    @Argument(help: ArgumentHelp("A capture file, a folder (searched recursively), - for standard input, or @list.txt.", valueName: "input"))
    var inputs: [String]

    @Option(help: ArgumentHelp("Only packets at or after this time: RFC 3339, or @ and epoch seconds.", valueName: "time"))
    var since: Moment?

    @Option(help: ArgumentHelp("Only packets before this time.", valueName: "time"))
    var until: Moment?

    @Option(help: ArgumentHelp("Only packets that match this expression of pcap-filter(7), for example 'host 192.0.2.1'.", valueName: "bpf"))
    var filter: String?

    @Option(name: .customLong("call-id"), help: ArgumentHelp("Only recordings with this Call-ID. Repeatable.", valueName: "id"))
    var callIDs: [String] = []

    @Option(name: .customLong("aor"), help: ArgumentHelp("Only recordings with a participant of this address of record. Repeatable.", valueName: "uri"))
    var addressesOfRecord: [String] = []

    @Option(name: .customLong("ssrc"), help: ArgumentHelp("Only recordings with this SSRC, for example 0x1234abcd. Repeatable.", valueName: "ssrc"))
    var ssrcs: [Source] = []

    @Option(help: ArgumentHelp("Kinds of recordings: siprec, call, media, separated by commas.", valueName: "list"))
    var kinds: Kinds?

    @Option(
        help: ArgumentHelp(
            "What becomes one recording: a conversation with its transfers, each communication session, or each dialog.",
            valueName: "conversation|session|dialog"))
    var by: GroupingChoice = .conversation

    @Option(
        name: .customLong("tls-keylog"), help: ArgumentHelp("TLS and DTLS secrets as NSS key log (SSLKEYLOGFILE). Repeatable.", valueName: "file"))
    var tlsKeyLogs: [String] = []

    @Option(name: .customLong("rsa-key"), help: ArgumentHelp("Private key of a TLS server with RSA key transport, PEM. Repeatable.", valueName: "file"))
    var rsaKeys: [String] = []

    @Option(
        name: .customLong("rsa-passphrase-file"),
        help: ArgumentHelp("Passphrase of encrypted keys: the first line of this file. Without it, a terminal is asked.", valueName: "file"))
    var rsaPassphraseFile: String?

    @Option(
        name: .customLong("keys"),
        help: ArgumentHelp("SRTP keys: YAML, JSON, or lines of a=crypto or inline. Repeatable. See siprecap keys check.", valueName: "file"))
    var keyFiles: [String] = []

    @Option(help: ArgumentHelp("auto shows progress on a terminal only.", valueName: "auto|always|never|json"))
    var progress: ProgressMode = .auto

    @OptionGroup(title: "Captures and bounds") var bounds: BoundOptions

    @OptionGroup(title: "Options from a file") var config: ConfigOptions

    func reconstructionOptions() throws -> ReconstructionOptions {
        var options = ReconstructionOptions()
        options.since = since?.time
        options.until = until?.time
        if let since = options.since, let until = options.until, since >= until {
            throw ValidationError("--since must be earlier than --until.")
        }
        if let filter {
            do throws(PacketFilter.Fault) { options.filter = try PacketFilter(filter) } catch {
                throw ValidationError("--filter: \(error.message)")
            }
        }
        options.callIDs = callIDs
        options.addressesOfRecord = addressesOfRecord
        options.ssrcs = ssrcs.map(\.ssrc)
        if let kinds { options.kinds = kinds.kinds }
        options.rule = by.rule
        try bounds.apply(to: &options)
        options.tls = try TLSSecretFiles(
            keyLogs: tlsKeyLogs, rsaKeys: rsaKeys, passphraseFile: rsaPassphraseFile, limits: options.limits
        ).inputs
        options.keys = KeyFile.read(paths: keyFiles)
        if let (name, reason) = KeyFile.unreadable(options.keys) {
            Console.diagnostic("siprecap: \(name): \(reason)".printable)
            throw ExitStatus.failed
        }
        options.toolVersion = Siprecap.version
        return options
    }

    /// The inputs as one timeline; a correction that names no input, or more than one, ends the command.
    static func merge(_ inputs: CaptureInputs, _ options: ReconstructionOptions, _ observer: ProgressLine) throws -> FrameMerge {
        OpenFiles.raiseLimit()
        let merge = FrameMerge(inputs.files, faults: inputs.faults, corrections: options.clockOffsets, limits: options.limits, observer: observer)
        guard merge.correctionFaults.isEmpty else {
            for fault in merge.correctionFaults { Console.diagnostic("siprecap: \(fault)".printable) }
            throw ExitStatus.failed
        }
        return merge
    }
}

/// A moment as users write it.
struct Moment: ExpressibleByArgument {
    let time: CaptureTime

    init?(argument: String) {
        if argument.hasPrefix("@") {
            guard let seconds = Double(argument.dropFirst()), abs(seconds) < 9e9 else { return nil }
            time = CaptureTime(seconds: seconds)
        } else {
            guard let parsed = CaptureTime.parse(argument), parsed.hasZone else { return nil }
            time = parsed.time
        }
    }
}

/// An SSRC in hexadecimal with 0x, or decimal.
struct Source: ExpressibleByArgument {
    let ssrc: SSRC

    init?(argument: String) {
        let isHex = argument.lowercased().hasPrefix("0x")
        guard let value = isHex ? UInt32(argument.dropFirst(2), radix: 16) : UInt32(argument) else { return nil }
        ssrc = SSRC(value)
    }
}

/// A list of recording kinds.
struct Kinds: ExpressibleByArgument {
    let kinds: Set<RecordingKind>

    init?(argument: String) {
        let parts = argument.split(separator: ",").map { RecordingKind(rawValue: String($0)) }
        guard !parts.isEmpty, !parts.contains(nil) else { return nil }
        kinds = Set(parts.compactMap(\.self))
    }
}

/// What becomes one recording.
enum GroupingChoice: String, ExpressibleByArgument, CaseIterable {
    case conversation, session, dialog

    var rule: ConversationRule {
        switch self {
        case .conversation: .conversation
        case .session: .session
        case .dialog: .dialog
        }
    }
}

enum ProgressMode: String, ExpressibleByArgument, CaseIterable { case auto, always, never, json }
