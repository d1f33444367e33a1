import ArgumentParser
import Evidence
import Reconstruction
import RecordingFiles
import SRTPDecryption

/// What every command that reads captures takes.
struct CaptureOptions: ParsableArguments {
    @Argument(help: ArgumentHelp("A capture file, a folder (searched recursively), - for standard input, or @list.txt.", valueName: "input"))
    var inputs: [String]

    @Option(help: ArgumentHelp("Only packets at or after this time: RFC 3339, or @ and epoch seconds.", valueName: "time"))
    var since: Moment?

    @Option(help: ArgumentHelp("Only packets before this time.", valueName: "time"))
    var until: Moment?

    @Option(name: .customLong("call-id"), help: ArgumentHelp("Only recordings with this Call-ID. Repeatable.", valueName: "id"))
    var callIDs: [String] = []

    @Option(name: .customLong("aor"), help: ArgumentHelp("Only recordings with a participant of this address of record. Repeatable.", valueName: "uri"))
    var addressesOfRecord: [String] = []

    @Option(name: .customLong("ssrc"), help: ArgumentHelp("Only recordings with this SSRC, for example 0x1234abcd. Repeatable.", valueName: "ssrc"))
    var ssrcs: [Source] = []

    @Option(help: ArgumentHelp("Kinds of recordings: siprec, call, media, separated by commas.", valueName: "list"))
    var kinds: Kinds?

    @Option(
        name: .customLong("keys"),
        help: ArgumentHelp("SRTP keys: YAML, JSON, or lines of a=crypto or inline. Repeatable. See siprecap keys check.", valueName: "file"))
    var keyFiles: [String] = []

    @Option(help: ArgumentHelp("auto shows progress on a terminal only.", valueName: "auto|always|never|json"))
    var progress: ProgressMode = .auto

    func reconstructionOptions() throws -> ReconstructionOptions {
        var options = ReconstructionOptions()
        options.since = since?.time
        options.until = until?.time
        if let since = options.since, let until = options.until, since >= until {
            throw ValidationError("--since must be earlier than --until.")
        }
        options.callIDs = callIDs
        options.addressesOfRecord = addressesOfRecord
        options.ssrcs = ssrcs.map(\.ssrc)
        if let kinds { options.kinds = kinds.kinds }
        options.keys = KeyFile.read(paths: keyFiles)
        if let name = options.keys.unreadable.first {
            let reason = options.keys.problems.first { $0.file == name && $0.line == 0 }?.message ?? ""
            Console.diagnostic("siprecap: \(name): \(reason)".printable)
            throw ExitStatus.failed
        }
        options.toolVersion = Siprecap.version
        return options
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

enum ProgressMode: String, ExpressibleByArgument, CaseIterable { case auto, always, never, json }
