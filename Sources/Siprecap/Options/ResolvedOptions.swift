import Evidence
import Glibc
import PacketInput
import RecordingFiles
import RecordingPlan
import RecordingRecords

extension Options {
    /// The version that sidecars name.
    package static let toolVersion = "0.1.0"

    /// Whether several recordings are rendered at once.
    package var rendersSideBySide: Bool { (jobs ?? Processors.jobs) > 1 }

    /// Everything understood, and the files with keys read.
    func resolved(areUnreadableKeysFatal: Bool = true) throws(SiprecapError) -> ReconstructionOptions {
        var out = ReconstructionOptions()
        try reading.apply(to: &out)
        out.callIDs = selection.callIDs
        out.addressesOfRecord = selection.addressesOfRecord
        out.ssrcs = selection.ssrcs.map { SSRC($0) }
        out.kinds = Set(selection.kinds.map(\.core))
        out.rule = selection.grouping.core
        out.tls = try TLSSecretFiles(keys, limits: out.limits).inputs
        out.keys = KeyFile.read(paths: keys.srtpKeyFiles)
        if areUnreadableKeysFatal, let (name, reason) = KeyFile.unreadable(out.keys) { throw .unreadable(path: name, reason: reason) }
        out.usesLibSRTPOnly = keys.engine == .libsrtp2
        guard (1...256).contains(jobs ?? 1) else { throw .invalidOption(option: "jobs", reason: "takes a number from 1 to 256") }
        out.jobs = jobs ?? Processors.jobs
        audio.apply(to: &out)
        files.apply(to: &out)
        out.toolVersion = Self.toolVersion
        return out
    }
}

extension Options.Reading {
    func apply(to out: inout ReconstructionOptions) throws(SiprecapError) {
        out.since = since?.core
        out.until = until?.core
        if let since, let until, since >= until { throw .invalidOption(option: "since", reason: "must be earlier than until") }
        if let filter {
            do throws(PacketFilter.Fault) { out.filter = try PacketFilter(filter) } catch {
                throw .invalidOption(option: "filter", reason: error.message)
            }
        }
        try applyBounds(to: &out)
    }

    private func applyBounds(to out: inout ReconstructionOptions) throws(SiprecapError) {
        if let memoryLimit { out.limits.fit(memory: memoryLimit) }
        do throws(LimitName.Fault) { for limit in limits { try out.limits.set(limit) } } catch {
            throw .invalidOption(option: "limits", reason: error.description)
        }
        do throws(DecodeRule.Fault) {
            for rule in decodeAs { out.decodeAs.append(try DecodeRule(parsing: rule)) }
        } catch { throw .invalidOption(option: "decodeAs", reason: error.description) }
        do throws(ClockCorrection.Fault) {
            for correction in clockOffsets { out.clockOffsets.append(try ClockCorrection(parsing: correction)) }
        } catch { throw .invalidOption(option: "clockOffsets", reason: error.description) }
    }

    /// Throws where a bound, a rule for a port or a clock correction cannot be understood. Reads nothing.
    package func checkBounds() throws(SiprecapError) {
        var unused = ReconstructionOptions()
        try applyBounds(to: &unused)
    }

    /// Names and defaults of all bounds, for help.
    package static var limitNames: String { LimitName.all.map { "\($0.name)=\($0.value(in: Limits()))" }.joined(separator: ", ") }

    /// Least octets that ``memoryLimit`` may name.
    package static var leastMemory: Int { Limits.leastMemory }
}

extension Options.Selection.Grouping {
    fileprivate var core: ConversationRule {
        switch self {
        case .conversation: .conversation
        case .session: .session
        case .dialog: .dialog
        }
    }
}

extension Options.Audio {
    fileprivate func apply(to out: inout ReconstructionOptions) {
        out.format = format.core
        out.keepsNative = keepsOriginalCoding
        out.timeline = timeline.core
        out.mix = mix.core
        out.mixChannels = mixChannels
        out.drift = drift.core
        out.concealment = concealment.core
        out.includesPaused = includesPaused
        out.findsInbandDTMF = findsInbandDTMF
    }
}

extension Options.Audio.Format {
    fileprivate var core: AudioFormat {
        switch self {
        case .wav: .wav
        case .flac: .flac
        case .opus: .opus
        }
    }
}

extension Options.Audio.Timeline {
    fileprivate var core: TimelineChoice {
        switch self {
        case .common: .common
        case .trimmed: .trimmed
        }
    }
}

extension Options.Audio.Mix {
    fileprivate var core: MixKind {
        switch self {
        case .none: .none
        case .mono: .mono
        case .stereo: .stereo
        case .multichannel: .multichannel
        }
    }
}

extension Options.Audio.DriftCorrection {
    fileprivate var core: RecordingPlan.DriftCorrection {
        switch self {
        case .silence: .silence
        case .resample: .resample
        case .none: .none
        }
    }
}

extension Options.Audio.Concealment {
    fileprivate var core: RecordingPlan.Concealment {
        switch self {
        case .none: .none
        case .plc: .plc
        }
    }
}

extension Options.Files {
    fileprivate func apply(to out: inout ReconstructionOptions) {
        out.exports = Set(eventTracks.map { $0 == .rttm ? .rttm : .textGrid })
        out.vCon = VConRequest(content: vCon.core, createdAt: createdAt?.core)
        out.writesReport = writesReport
        out.includesSecrets = includesSecrets
        out.redactions = Set(redactions.map { _ in .dtmf })
        out.layout.isByDate = foldersByDate
        out.layout.isBag = bag
    }
}

extension Options.Files.VCon {
    fileprivate var core: VConContent {
        switch self {
        case .none: .none
        case .file: .file
        case .inline: .inline
        }
    }
}

private enum Processors {
    /// Every job reads the inputs for itself, so many help little.
    private static let most = 4

    static var jobs: Int { max(1, min(most, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))) }
}
