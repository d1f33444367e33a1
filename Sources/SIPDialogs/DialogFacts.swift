import Evidence
import SIPSyntax

/// Facts of single messages that rules about the dialog need, with their places.
struct DialogFacts {
    struct Refusal {
        let status: Int
        let reason: String
        let origin: Origin
        let cseq: UInt32
    }

    /// First INVITE that has only one of option tag and feature tag.
    var halfMarked: (text: String, origin: Origin)?
    var refusals: [Refusal] = []
    /// Highest CSeq of an INVITE without To tag.
    var lastInitialInvite: UInt32?
    var wasCancelled = false
    /// Metadata parts over a transport that protects nothing.
    var clearMetadata: [(text: String, origin: Origin)] = []
    var undisposedMetadata: [(text: String, origin: Origin)] = []
    var mistypedMetadata: [(text: String, origin: Origin)] = []
    /// Of a type that not even a draft names.
    var oddlyTypedMetadata: [(text: String, origin: Origin)] = []
    /// The end of the metadata document of the message that opened the dialog, which is all of it that the capture has.
    var remainder: MessageRemainder?
    var firstOrigin: Origin?
    var isConfirmed = false
    private var initialInvites: Set<UInt32> = []

    mutating func observe(_ read: ReadMessage, transport: SignallingTransport) {
        let message = read.message
        let origin = read.origins.origin(at: 0)
        if firstOrigin == nil { firstOrigin = origin }
        if message.isRequest, message.method == "INVITE", message.toTag == nil {
            initialInvites.insert(read.cseq.number)
            lastInitialInvite = max(lastInitialInvite ?? 0, read.cseq.number)
            let hasOption = read.requiresRecording
            if halfMarked == nil, hasOption != (read.tags.isClient || read.tags.isServer) {
                let contact = read.origins.origin(at: message.offset(of: .contact) ?? 0)
                halfMarked = (hasOption ? "Require: siprec without +sip.src or +sip.srs in Contact" : "feature tag in Contact without Require: siprec", contact)
            }
        }
        if message.isRequest, message.method == "CANCEL" { wasCancelled = true }
        if let status = message.status, status >= 300, read.cseq.method == "INVITE", initialInvites.contains(read.cseq.number), refusals.count < 64,
            case .response(_, let reason) = message.startLine
        {
            refusals.append(Refusal(status: status, reason: reason, origin: origin, cseq: read.cseq.number))
        }
        for part in read.parts where part.kind == .recordingMetadata {
            let place = read.origins.origin(at: part.offset)
            let carrier = message.status.map { "\($0) \(read.cseq.method)" } ?? message.method
            if transport != .tls, transport != .wss { clearMetadata.append(("metadata in \(carrier) over \(transport.rawValue.uppercased())", place)) }
            if part.disposition != "recording-session" {
                undisposedMetadata.append(("metadata in \(carrier) has \(part.disposition.map { "disposition \($0)" } ?? "no Content-Disposition")", place))
            }
            let text = "metadata in \(carrier) has media type \(part.contentType.isEmpty ? "none" : part.contentType)"
            switch part.contentType {
            case "application/rs-metadata+xml": break
            case "application/rs-metadata", "application/rs-metadata-request", "application/rs-metadata-request+xml": mistypedMetadata.append((text, place))
            default: oddlyTypedMetadata.append((text, place))
            }
        }
    }
}
