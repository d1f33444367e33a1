package import Evidence
import MediaPlayout
package import PacketInput
package import RecordingRecords
package import SRTPDecryption

/// What the user asked for, resolved once by the command. The core knows no default that is not written here.
package struct ReconstructionOptions: Sendable {
    /// What is read and how.
    package var reading = ReadingOptions()
    /// Only recordings with one of these Call-IDs.
    package var callIDs: [String] = []
    /// Only recordings with a participant of one of these addresses of record; compared without scheme and case.
    package var addressesOfRecord: [String] = []
    /// Only recordings with one of these SSRCs.
    package var ssrcs: [SSRC] = []
    /// Kinds of recordings wanted.
    package var kinds: Set<RecordingKind> = Set(RecordingKind.allCases)
    /// What becomes one recording.
    package var rule = ConversationRule.conversation
    /// Recordings rendered at once.
    package var jobs = 1
    /// Use libsrtp2 for every packet instead of for the first ones of each stream.
    package var usesLibSRTPOnly = false
    /// Looks for telephone keys in the sound, too.
    package var findsInbandDTMF = false
    /// How a sender's clock that is not the capture's is corrected.
    package var drift = DriftCorrection.resample
    /// What stands where sound was lost.
    package var concealment = Concealment.none
    /// Keeps the sound of streams that were on hold or whose recording was paused.
    package var includesPaused = false
    /// What is to be left out of everything written.
    package var redactions: Set<Redaction> = []
    /// How audio is kept.
    package var format = AudioFormat.wav
    /// Keeps G.711 and Opus as they came, where a participant has nothing else.
    package var keepsNative = false
    /// Whether all files of a recording begin and end together.
    package var timeline = TimelineChoice.common
    /// One more file, of all participants.
    package var mix = MixKind.none
    /// What is heard on the channels of the mix, from the first on: labels, participants' ids, addresses or names.
    package var mixChannels: [String] = []
    /// Where the folders of recordings go.
    package var layout = FolderLayout()
    /// Files for other programs that are made of the sidecar.
    package var exports: Set<RecordingExport> = []
    /// Whether each recording gets a `vcon.json`.
    package var vCon = VConRequest()
    /// Writes `report.html` for each recording.
    package var writesReport = false
    /// What the key files held.
    package var keys = KeyFileContents()
    /// Leave keys in `signalling.txt` as they were sent.
    package var includesSecrets = false
    /// Version text for the sidecars.
    package var toolVersion = "0.1.0"

    package init() {}

    /// `reading.since`.
    package var since: CaptureTime? {
        get { reading.since }
        set { reading.since = newValue }
    }
    /// `reading.until`.
    package var until: CaptureTime? {
        get { reading.until }
        set { reading.until = newValue }
    }
    /// `reading.filter`.
    package var filter: (any FrameFilter)? {
        get { reading.filter }
        set { reading.filter = newValue }
    }
    /// `reading.decodeAs`.
    package var decodeAs: [DecodeRule] {
        get { reading.decodeAs }
        set { reading.decodeAs = newValue }
    }
    /// `reading.clockOffsets`.
    package var clockOffsets: [ClockCorrection] {
        get { reading.clockOffsets }
        set { reading.clockOffsets = newValue }
    }
    /// `reading.limits`.
    package var limits: Limits {
        get { reading.limits }
        set { reading.limits = newValue }
    }
    /// `reading.tls`.
    package var tls: TLSInputs {
        get { reading.tls }
        set { reading.tls = newValue }
    }

    /// The options that can change the result, as the sidecars name them.
    package var recorded: [String: OptionValue] {
        var out: [String: OptionValue] = [:]
        if let since { out["since"] = .text(since.rfc3339) }
        if let until { out["until"] = .text(until.rfc3339) }
        if let filter { out["filter"] = .text(filter.expression) }
        if !callIDs.isEmpty { out["call-id"] = .list(callIDs.sorted()) }
        if !addressesOfRecord.isEmpty { out["aor"] = .list(addressesOfRecord.sorted()) }
        if !ssrcs.isEmpty { out["ssrc"] = .list(ssrcs.sorted().map(\.description)) }
        if kinds.count < RecordingKind.allCases.count { out["kinds"] = .list(kinds.map(\.rawValue).sorted()) }
        if rule != .conversation { out["by"] = .text(rule.rawValue) }
        if findsInbandDTMF { out["dtmf-inband"] = true }
        if drift != .resample { out["drift"] = .text(drift.rawValue) }
        if concealment != .none { out["conceal"] = .text(concealment.rawValue) }
        if includesPaused { out["include-paused"] = true }
        if !redactions.isEmpty { out["redact"] = .list(redactions.map(\.rawValue).sorted()) }
        if format != .wav { out["format"] = .text(format.rawValue) }
        if keepsNative { out["native"] = true }
        if timeline != .common { out["timeline"] = .text(timeline.rawValue) }
        if mix != .none { out["mix"] = .text(mix.rawValue) }
        if !mixChannels.isEmpty { out["channels"] = .list(mixChannels) }
        if layout.isByDate { out["layout"] = "date" }
        if !exports.isEmpty { out["events"] = .list(exports.map(\.rawValue).sorted()) }
        if vCon.content != .none { out["vcon"] = .text(vCon.content.rawValue) }
        if let createdAt = vCon.createdAt { out["created-at"] = .text(createdAt.rfc3339) }
        if !decodeAs.isEmpty { out["decode-as"] = .list(decodeAs.map(\.text)) }
        if !clockOffsets.isEmpty { out["clock-offset"] = .list(clockOffsets.map { "\($0.file)=\(Seconds(Double($0.nanoseconds) / 1e9).value)" }.sorted()) }
        if !limits.changed.isEmpty { out["limit"] = .list(limits.changed) }
        if includesSecrets { out["include-secrets"] = .text("yes") }
        if usesLibSRTPOnly { out["srtp-engine"] = "libsrtp2" }
        return out
    }
}
