import CaptureSurvey
import Evidence
import RecordingPlan
import SIPDialogs
import SIPSyntax
import StreamMatching

/// Which packets of the captures belong to one recording, and what is said of each.
struct CarveSelection {
    /// A flow of the recording.
    struct Flow {
        let planned: PlannedFlow
        /// For the frame's comment, such as `s1 of Alice`.
        let title: String
    }

    /// A message that is written anew, in the clear.
    struct Rebuilt {
        let message: ObservedMessage
        let frame: Origin
    }

    /// By number in the flow table.
    private(set) var flows: [Int: [Flow]] = [:]
    /// Frames with signalling, and what of each is to be covered.
    private(set) var signalling: [FrameKey: [Range<Int>]] = [:]
    /// Messages that are written anew instead, in order of time.
    private(set) var rebuilt: [Rebuilt] = []
    /// Encrypted connections that carried the recording's signalling, both ways.
    private(set) var connections: Set<NetworkPath> = []
    /// Endpoints between which its media went, both ways; RTCP is beside them.
    private(set) var mediaPaths: Set<NetworkPath> = []
    /// TCP paths that carried its media.
    private(set) var mediaStreams: Set<NetworkPath> = []
    /// Within this time what is neither RTP nor SIP on the media paths belongs to the recording: RTCP, STUN, DTLS.
    let from: CaptureTime
    let until: CaptureTime

    /// Seconds before and after the recording in which RTCP and handshakes still belong to it.
    private static let margin = 5.0

    init(_ recording: PlannedRecording, survey: Survey, options: CarveOptions) {
        let dialogs = (recording.dialogs + recording.related.map(\.dialog)).map { survey.dialogs[$0] }
        let times = dialogs.flatMap(\.messages).map(\.time)
        from = (times + [recording.start]).reduce(.distantFuture, min).advanced(bySeconds: -Self.margin)
        until = (times + [recording.lastArrival]).reduce(.distantPast, max).advanced(bySeconds: Self.margin)
        for stream in recording.streams {
            let people = stream.participants.map { id in recording.participants.first { $0.id == id }?.names.last?.value ?? id }
            let title = stream.id + (people.isEmpty ? "" : " of \(people.joined(separator: " and "))")
            for flow in stream.flows {
                flows[flow.flow, default: []].append(Flow(planned: flow, title: title))
                let path = survey.flows.rows[flow.flow].path
                mediaPaths.formUnion([path, path.reversed])
                if survey.streamMedia.contains(path) { mediaStreams.formUnion([path, path.reversed]) }
            }
        }
        for message in dialogs.flatMap(\.messages) { add(message, options) }
        rebuilt.sort { ($0.message.time, $0.frame) < ($1.message.time, $1.frame) }
    }

    private mutating func add(_ message: ObservedMessage, _ options: CarveOptions) {
        let isEncrypted = message.transport == .tls || message.transport == .wss
        if isEncrypted, !options.isDecrypted {
            connections.formUnion([message.path, message.path.reversed])
            return
        }
        let octets = message.message.raw
        let secrets = options.includesSecrets ? [] : SecretSpans(octets).spans.map(\.range)
        // The octets of a WebSocket message stand otherwise in the frame: masked, or packed.
        if isEncrypted || !secrets.isEmpty && message.transport == .ws {
            rebuilt.append(Rebuilt(message: message, frame: message.origins.origin(at: 0)))
            return
        }
        for piece in message.origins.pieces { signalling[FrameKey(piece.origin), default: []] += [] }
        for secret in secrets {
            // A secret that goes over the edge of a segment lies in two frames.
            let starts = [secret.lowerBound] + message.origins.pieces.map(\.start).filter { $0 > secret.lowerBound && $0 < secret.upperBound }
            for (start, end) in zip(starts, starts.dropFirst() + [secret.upperBound]) {
                let origin = message.origins.origin(at: start)
                signalling[FrameKey(origin), default: []].append(Int(origin.offset)..<Int(origin.offset) + end - start)
            }
        }
    }

    /// The flow that a packet of the flow table's `number` belongs to at `time`.
    func flow(_ number: Int, at time: CaptureTime) -> Flow? {
        flows[number]?.first { $0.planned.window.from <= time && time < $0.planned.window.until }
    }

    /// Whether a datagram that is no RTP of the recording goes along with its media: RTCP has the next port (RFC 3550 section 11).
    func accompanies(_ path: NetworkPath, at time: CaptureTime) -> Bool {
        guard from <= time, time <= until else { return false }
        if mediaPaths.contains(path) { return true }
        guard path.source.port > 0, path.destination.port > 0 else { return false }
        return mediaPaths.contains(
            NetworkPath(
                source: Endpoint(path.source.address, path.source.port - 1),
                destination: Endpoint(path.destination.address, path.destination.port - 1)))
    }
}
