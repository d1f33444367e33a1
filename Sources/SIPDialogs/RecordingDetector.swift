import Evidence
import SDPSyntax
import SIPSyntax

/// Gathers what speaks for a recording session and which party is its recording client (RFC 7866 sections 6.1.1 and 6.2).
///
/// The RFC wants option tag and feature tag together; products leave out either, so an observer takes each as a sign of its own.
struct RecordingDetector {
    private var reasons: [(strength: RecordingStrength, reason: String)] = []
    private var hasOption = false
    private var hasTag = false
    private var hasVendorSign = false
    /// Who is the recording client, by the strength of the sign.
    private var byFeature: Side?
    private var byMetadata: Side?
    private var byDisposition: Side?
    private var byDirection: Side?

    mutating func observe(_ read: ReadMessage) {
        let message = read.message
        let what = message.status.map { "\($0) \(read.cseq.method)" } ?? message.method
        if read.requiresRecording {
            hasOption = true
            add(.medium, "Require: siprec in \(what)")
        }
        let tags = read.tags
        if tags.isClient {
            hasTag = true
            byFeature = byFeature ?? read.sender
            add(.medium, "Contact with \(tags.clientForm) in \(what)")
        }
        if tags.isServer {
            hasTag = true
            byFeature = byFeature ?? read.sender.opposite
            add(.medium, "Contact with +sip.srs in \(what)")
        }
        for part in read.parts {
            if part.kind == .recordingMetadata {
                add(.strong, "metadata in \(what)")
                let isRequest = Self.isSnapshotRequest(part.octets)
                byMetadata = byMetadata ?? (isRequest ? read.sender.opposite : read.sender)
            }
            if part.disposition == "recording-session" {
                add(.medium, "Content-Disposition: recording-session in \(what)")
                byDisposition = byDisposition ?? read.sender
            }
        }
        if message.offset(of: .ciscoRecordingParticipant) != nil {
            add(.medium, "X-Cisco-Recording-Participant in \(what)")
            hasVendorSign = true
            byDisposition = byDisposition ?? read.sender
        }
        if let from = read.from?.uri.parameters, from.contains(named: "x-nearend") || from.contains(named: "x-farend") {
            add(.medium, "From with x-nearend or x-farend in \(what)")
            hasVendorSign = true
            byDisposition = byDisposition ?? read.requestSender
        }
        if let description = read.description, Self.isSendOnlyWithLabels(description) {
            add(.weak, "only sendonly media lines with labels in \(what)")
            byDirection = byDirection ?? read.sender
        }
    }

    /// A message that the capture has only the end of.
    mutating func observe(_ remainder: MessageRemainder, sender: Side) {
        add(.strong, "the end of metadata before the first whole message")
        byMetadata = byMetadata ?? sender
    }

    func conclude(_ dialog: inout SIPDialog) {
        var all = reasons
        if hasOption, hasTag { all.insert((.strong, "option tag siprec and feature tag"), at: 0) }
        let strongest = all.map(\.strength).max()
        guard let strongest else { return }
        dialog.role = .recording
        dialog.isProprietaryRecording = hasVendorSign && !hasOption && !hasTag && byMetadata == nil
        dialog.recordingStrength = strongest
        let order: [(RecordingStrength, String)] = [(.strong, "strong"), (.medium, "medium"), (.weak, "weak")]
        dialog.recordingEvidence = order.flatMap { strength, name in all.filter { $0.strength == strength }.map { "\(name): \($0.reason)" } }
        dialog.recorderSide = byFeature ?? byMetadata ?? byDisposition ?? byDirection ?? .client
    }

    private mutating func add(_ strength: RecordingStrength, _ reason: String) {
        if reasons.count < 32, !reasons.contains(where: { $0.reason == reason }) { reasons.append((strength, reason)) }
    }

    private static let snapshotRequest = Array("requestsnapshot".utf8)

    /// RFC 7866 section 9.2: only the recording server asks for a snapshot.
    private static func isSnapshotRequest(_ octets: ArraySlice<UInt8>) -> Bool {
        let needle = Self.snapshotRequest
        let head = octets.prefix(1024)
        var place = head.startIndex
        while let start = head[place...].firstIndex(of: needle[0]) {
            if head[start...].starts(with: needle) { return true }
            place = start + 1
        }
        return false
    }

    private static func isSendOnlyWithLabels(_ description: SessionDescription) -> Bool {
        let live = description.media.filter { !$0.isRejected }
        return !live.isEmpty && live.allSatisfy { $0.label != nil && description.direction(of: $0) == .sendonly }
    }
}

/// `sip.src` and `sip.srs` in Contact, in the forms seen (RFC 7866 section 11.2): as header parameter, misplaced inside the angle
/// brackets, and the bare `src` and `srs` of older products.
struct FeatureTags {
    let isClient: Bool
    let isServer: Bool
    /// How the client's tag is written.
    let clientForm: String

    init(_ contacts: [NameAddress]) {
        var client: String?
        var isServer = false
        for contact in contacts {
            for (place, parameters) in [("", contact.parameters), (" inside the URI", contact.uri.parameters)] {
                for parameter in parameters {
                    switch parameter.name {
                    case "+sip.src", "sip.src": client = client ?? "+sip.src\(place)"
                    case "src" where place.isEmpty && parameter.value == nil: client = client ?? "src"
                    case "+sip.srs", "sip.srs": isServer = true
                    case "srs" where place.isEmpty && parameter.value == nil: isServer = true
                    default: break
                    }
                }
            }
        }
        isClient = client != nil
        self.isServer = isServer
        clientForm = client ?? ""
    }
}
