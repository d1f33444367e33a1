import ArgumentParser
import Siprecap

/// What every command that reads captures takes.
struct CaptureOptions: ParsableArguments {
    @Argument(help: ArgumentHelp("A capture file, a folder (searched recursively), - for standard input, or @list.txt.", valueName: "input"))
    var inputs: [String]

    @Option(help: ArgumentHelp("Only packets at or after this time: RFC 3339, or @ with epoch seconds.", valueName: "time"))
    var since: Moment?

    @Option(help: ArgumentHelp("Only packets before this time.", valueName: "time"))
    var until: Moment?

    @Option(help: ArgumentHelp("Only packets that match this pcap-filter(7) expression, for example 'host 192.0.2.1'.", valueName: "bpf"))
    var filter: String?

    @Option(name: .customLong("call-id"), help: ArgumentHelp("Only recordings with this Call-ID. Repeatable.", valueName: "id"))
    var callIDs: [String] = []

    @Option(name: .customLong("aor"), help: ArgumentHelp("Only recordings with a participant of this address of record. Repeatable.", valueName: "uri"))
    var addressesOfRecord: [String] = []

    @Option(name: .customLong("ssrc"), help: ArgumentHelp("Only recordings with this SSRC, for example 0x1234abcd. Repeatable.", valueName: "ssrc"))
    var ssrcs: [Source] = []

    @Option(help: ArgumentHelp("Kinds of recordings, separated by commas: siprec, call, media.", valueName: "list"))
    var kinds: Kinds?

    @Option(
        help: ArgumentHelp(
            "What one recording is: a conversation with its transfers, a communication session, or a dialog.",
            valueName: "conversation|session|dialog"))
    var by: Options.Selection.Grouping = .conversation

    @Option(
        name: .customLong("tls-keylog"), help: ArgumentHelp("TLS and DTLS secrets as an NSS key log (SSLKEYLOGFILE). Repeatable.", valueName: "file"))
    var tlsKeyLogs: [String] = []

    @Option(name: .customLong("rsa-key"), help: ArgumentHelp("Private key (PEM) of a TLS server that uses RSA key transport. Repeatable.", valueName: "file"))
    var rsaKeys: [String] = []

    @Option(
        name: .customLong("rsa-passphrase-file"),
        help: ArgumentHelp("Passphrase for encrypted keys: the first line of this file. Without it, you are prompted.", valueName: "file"))
    var rsaPassphraseFile: String?

    @Option(
        name: .customLong("keys"),
        help: ArgumentHelp("SRTP keys: YAML, JSON, or lines of a=crypto or inline. Repeatable. See siprecap keys check.", valueName: "file"))
    var keyFiles: [String] = []

    @Option(help: ArgumentHelp("auto: show progress on a terminal only.", valueName: "auto|always|never|json"))
    var progress: ProgressMode = .auto

    @OptionGroup(title: "Captures and bounds") var bounds: BoundOptions

    @OptionGroup(title: "Options from a file") var config: ConfigOptions

    /// What the façade is told; `keys` with the terminal to ask for passphrases.
    func options() throws -> Options {
        var options = Options()
        options.reading.since = since?.time
        options.reading.until = until?.time
        options.reading.filter = filter
        bounds.apply(to: &options.reading)
        options.selection.callIDs = callIDs
        options.selection.addressesOfRecord = addressesOfRecord
        options.selection.ssrcs = ssrcs.map(\.ssrc)
        if let kinds { options.selection.kinds = kinds.kinds }
        options.selection.grouping = by
        options.keys.tlsKeyLogs = tlsKeyLogs
        options.keys.rsaKeys = rsaKeys
        options.keys.passphraseFile = rsaPassphraseFile
        options.keys.passphrase = Passphrase.ask
        options.keys.srtpKeyFiles = keyFiles
        return options
    }

    /// The one way from the command line to a plan. `hashing`: whether and how the inputs are hashed while they are read.
    func plan(_ options: Options, _ progress: ProgressLine, hashing: Hashing = .none) throws -> Plan {
        let captures = CaptureSet(arguments: inputs, isHashed: hashing == .whileReading)
        let plan: Plan
        do throws(SiprecapError) { plan = try captures.survey(options, observer: progress, hashesAside: hashing == .aside).plan() } catch {
            // A correction that names no input, or more than one, is only found by looking at the inputs: no usage error.
            if case .invalidOption("clockOffsets", _) = error { throw error.asFailure }
            throw error.asUsage
        }
        if let missing = MissingLibrary.first {
            progress.finish()
            throw missing
        }
        return plan
    }

    enum Hashing { case none, whileReading, aside }
}

/// A moment as users write it.
struct Moment: ExpressibleByArgument {
    let time: Timestamp

    init?(argument: String) {
        guard let time = Timestamp(written: argument) else { return nil }
        self.time = time
    }
}

/// An SSRC in hexadecimal with 0x, or decimal.
struct Source: ExpressibleByArgument {
    let ssrc: UInt32

    init?(argument: String) {
        let isHex = argument.lowercased().hasPrefix("0x")
        guard let value = isHex ? UInt32(argument.dropFirst(2), radix: 16) : UInt32(argument) else { return nil }
        ssrc = value
    }
}

/// A list of recording kinds.
struct Kinds: ExpressibleByArgument {
    let kinds: Set<Recording.Kind>

    init?(argument: String) {
        let parts = argument.split(separator: ",").map { Recording.Kind(rawValue: String($0)) }
        guard !parts.isEmpty, !parts.contains(nil) else { return nil }
        kinds = Set(parts.compactMap(\.self))
    }
}

enum ProgressMode: String, ExpressibleByArgument, CaseIterable { case auto, always, never, json }
