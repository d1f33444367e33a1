import CaptureSurvey
import Evidence
import PacketInput
import RecordingMetadata
import RecordingPlan
import RecordingRecords
import SIPDialogs
import SIPSyntax
import StreamMatching

/// Which plain calls of a capture are the communication sessions that recording sessions in it deliver.
///
/// Evidence, strongest first: a half of a SIP session identifier (RFC 7989, RFC 7865 section 6.3.1); the call's Call-ID in the metadata, as
/// several products put it there; a correlation header that both dialogs or the metadata carry. The two must overlap in time.
struct RelatedSessions {
    /// Header fields in which products carry an identifier of the conversation from dialog to dialog.
    private static let correlators = [
        "Cisco-Guid", "Cisco-Gucid", "User-to-User", "X-UCID", "X-ISR-UCID", "X-Genesys-CallUUID", "X-GenesysConversationID", "Genesys-UUID",
        "X-BroadWorks-Correlation-Info", "X-Call-ID", "X-CID",
    ]
    /// Shorter values could be anything.
    private static let shortest = 8
    /// Distinct tokens of the metadata of one recording that are looked at.
    private static let tokenLimit = 20_000

    private let dialogs: [SIPDialog]
    private var bySession: [String: [Int]] = [:]
    private var byCallID: [String: [Int]] = [:]
    private var byCorrelator: [String: [(dialog: Int, header: String)]] = [:]
    /// Which lengths in octets any of the latter two's keys has: most words of the metadata are told from all of them by it.
    private var lengths: Set<Int> = []

    /// `calls`: indices of the dialogs that are no recording sessions.
    init(_ dialogs: [SIPDialog], calls: [Int]) {
        self.dialogs = dialogs
        for index in calls {
            let dialog = dialogs[index]
            for half in Set(dialog.sessionIDs.flatMap(SessionIdentifier.halves)) { bySession[half, default: []].append(index) }
            byCallID[dialog.callID, default: []].append(index)
            for (header, value) in Self.values(of: dialog) { byCorrelator[value, default: []].append((index, header)) }
        }
        lengths = Set(byCallID.keys.lazy.map(\.utf8.count)).union(byCorrelator.keys.lazy.map(\.utf8.count))
    }

    /// The calls that belong to a recording, in order.
    func related(to recording: PlannedRecording) -> [RelatedDialog] {
        var reasons: [Int: [String]] = [:]
        func add(_ index: Int, _ reason: String) {
            guard !recording.dialogs.contains(index), recording.dialogs.contains(where: { overlaps(dialogs[$0], dialogs[index]) }) else { return }
            if !reasons[index, default: []].contains(reason) { reasons[index, default: []].append(reason) }
        }
        for dialog in recording.dialogs {
            for session in recording.timelines[dialog]?.sessions ?? [] {
                for value in session.sipSessionIDs {
                    for half in SessionIdentifier.halves(value) { for index in bySession[half] ?? [] { add(index, "SIP session identifier \(half)") } }
                }
            }
            for token in tokens(dialog) {
                for index in byCallID[token] ?? [] { add(index, "its Call-ID is in the metadata") }
                for (index, header) in byCorrelator[token] ?? [] { add(index, "the value of its \(header) is in the metadata") }
            }
            for (header, value) in Self.values(of: dialogs[dialog]) {
                for (index, other) in byCorrelator[value] ?? [] { add(index, "\(header) of the recording session equals its \(other)") }
            }
        }
        return reasons.sorted { $0.key < $1.key }.map { RelatedDialog(dialog: $0.key, reasons: $0.value) }
    }

    private func overlaps(_ left: SIPDialog, _ right: SIPDialog) -> Bool {
        let slack = 5.0
        return left.start.seconds(since: right.end ?? .distantFuture) <= slack && right.start.seconds(since: left.end ?? .distantFuture) <= slack
    }

    /// Words of the metadata that can be one of our identifiers, each once, in order.
    private func tokens(_ dialog: Int) -> [String] {
        var seen: Set<String> = []
        var out: [String] = []
        for document in dialogs[dialog].metadata {
            let octets = document.octets
            var start = 0
            for index in 0...octets.count where index == octets.count || Self.isSeparator(octets[index]) {
                let token = start..<index
                start = index + 1
                guard token.count >= Self.shortest, token.count <= 256, lengths.contains(token.count) else { continue }
                guard out.count < Self.tokenLimit else { return out }
                let text = String(decoding: octets[token], as: UTF8.self)
                if seen.insert(text).inserted { out.append(text) }
            }
        }
        return out
    }

    private static func isSeparator(_ octet: UInt8) -> Bool {
        switch octet {
        case 0...0x20, 0x22, 0x26, 0x27, 0x3B, 0x3C, 0x3D, 0x3E: true
        default: false
        }
    }

    private static func values(of dialog: SIPDialog) -> [(header: String, value: String)] {
        var out: [(String, String)] = []
        for header in correlators {
            for observed in dialog.messages where observed.message.isRequest && observed.message.method == "INVITE" {
                guard let text = observed.message.first(header) else { continue }
                let value = String(text.prefix { $0 != ";" && $0 != "," }.filter { $0 != " " })
                if value.utf8.count >= shortest, !out.contains(where: { $0.1 == value }) { out.append((header, value)) }
            }
        }
        return out
    }
}
