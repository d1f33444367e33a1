import CaptureFormat
package import CaptureSurvey
import Evidence
import MediaCodecs
import PacketInput
package import RecordingPlan
package import RecordingRecords
import SIPDialogs
import SRTPDecryption
import StreamMatching

/// What `siprecap inspect` tells: what is in the captures, from survey and plan, without writing a file (schema `siprecap.inspect/1`).
package struct InspectReport: Codable, Sendable {
    package struct Capture: Codable, Sendable {
        package let name: String
        package let format: String
        package let bytes: Int?
        package let packets: Int
        package let first: String?
        package let last: String?
        /// Programs that wrote it; absent where the file does not say, as the two after it.
        package let programs: [String]?
        package let systems: [String]?
        package let devices: [String]?
        package let linkTypes: [String]
        package let snapLength: Int?
        package let dropped: Int?
    }

    package struct Flow: Codable, Sendable {
        package let ssrc: String
        package let source: String
        package let destination: String
        package let codec: String?
        package let payloadTypes: [Int]
        package let packets: Int
        package let lost: Int
        package let firstPacket: String
        package let lastPacket: String
        package let confidence: String?
        package let reasons: [String]
    }

    package struct Stream: Codable, Sendable {
        package let id: String
        package let label: String?
        package let media: String
        package let participants: [String]
        /// `none`, or the crypto suites negotiated.
        package let security: String
        /// Whether keys for it are known; absent where nothing is encrypted.
        package let hasKeys: Bool?
        package let flows: [Flow]
    }

    package struct Participant: Codable, Sendable {
        package let id: String
        package let aor: String?
        package let name: String?
        package let confidence: String
    }

    package struct Recording: Codable, Sendable {
        package let id: String
        package let kind: String
        package let start: String
        package let duration: Double
        package let callIDs: [String]
        package let participants: [Participant]
        package let streams: [Stream]
    }

    /// A dialog that led to no recording.
    package struct OtherDialog: Codable, Sendable {
        package let callID: String
        package let start: String
        package let finalStatus: Int?
        package let from: String?
        package let to: String?
    }

    /// What one encrypted flow needs to be opened.
    package struct Needed: Codable, Sendable {
        package let ssrc: String
        package let source: String
        package let destination: String
        package let firstPacket: String
        package let lastPacket: String
        package let packets: Int
        /// Packets that were captured in part, which no key opens; absent where all are whole.
        package let cutPackets: Int?
        /// Crypto suites signalled; any of them where there are several, unknown where there are none.
        package let suites: [String]
        /// `sdes`, `dtls-srtp`, `zrtp`, `mikey` or `unknown`.
        package let keying: String
        /// Keys that were tried and open nothing.
        package let keysTried: Int
    }

    package struct Counts: Codable, Sendable {
        package let frames: Int
        package let udp: Int
        package let tcp: Int
        package let fragments: Int
        package let sip: Int
        package let rtp: Int
        package let rtcp: Int
        /// Packets of IPsec in UDP; absent where there are none.
        package let esp: Int?
        package let unclassified: Int
        /// Absent where none was seen, as the three after it.
        package let stun: Int?
        package let dtls: Int?
        package let relayed: Int?
        package let keepAlives: Int?
        package let flows: Int
        package let ignoredFlows: Int
    }

    package let schema: String
    package let captures: [Capture]
    package let counts: Counts
    package let recordings: [Recording]
    package let otherDialogs: [OtherDialog]
    /// Encrypted flows that no key at hand opens, and what each needs.
    package let keysNeeded: [Needed]
    package let findings: [FindingRecord]
}

extension InspectReport {
    package init(survey: Survey, plan: ReconstructionPlan) {
        schema = "siprecap.inspect/1"
        captures = survey.captures.map {
            Capture(
                name: $0.name, format: $0.format, bytes: $0.octets, packets: $0.packets, first: $0.first?.rfc3339, last: $0.last?.rfc3339,
                programs: $0.writers.programs.isEmpty ? nil : $0.writers.programs, systems: $0.writers.systems.isEmpty ? nil : $0.writers.systems,
                devices: $0.writers.devices.isEmpty ? nil : $0.writers.devices, linkTypes: $0.linkTypes, snapLength: $0.snapLength, dropped: $0.dropped)
        }
        let decoded = survey.decoded
        let c = survey.counts
        counts = Counts(
            frames: decoded.frames, udp: decoded.udp, tcp: decoded.tcp, fragments: decoded.fragments, sip: c.sip, rtp: c.rtp, rtcp: c.rtcp,
            esp: c.esp > 0 ? c.esp : nil, unclassified: c.unclassified,
            stun: c.stun > 0 ? c.stun : nil, dtls: c.dtls > 0 ? c.dtls : nil, relayed: c.relayed > 0 ? c.relayed : nil,
            keepAlives: c.keepAlives > 0 ? c.keepAlives : nil,
            flows: survey.flows.rows.count, ignoredFlows: plan.ignoredFlows)
        recordings = Self.recordings(survey: survey, plan: plan)
        let used = Set(plan.recordings.flatMap(\.dialogs))
        otherDialogs = survey.dialogs.indices.filter { !used.contains($0) }.map {
            let dialog = survey.dialogs[$0]
            return OtherDialog(
                callID: dialog.callID, start: dialog.start.rfc3339, finalStatus: dialog.finalStatus, from: dialog.client.uri, to: dialog.server.uri)
        }
        keysNeeded = plan.keysNeeded.map(Needed.init)
        var log = survey.findings
        log.merge(plan.findings)
        log.merge(plan.foreseen)
        let names = survey.captures.map(\.name)
        findings = log.sorted.map { FindingRecord($0, captureNames: names) }
    }
}

extension InspectReport {
    /// The recordings of a plan, in its order.
    package static func recordings(survey: Survey, plan: ReconstructionPlan) -> [Recording] { plan.recordings.map { Recording($0, survey) } }
}

extension InspectReport.Recording {
    fileprivate init(_ recording: PlannedRecording, _ survey: Survey) {
        id = recording.id
        kind = recording.kind.rawValue
        start = recording.start.rfc3339
        duration = max(0, recording.lastArrival.seconds(since: recording.start))
        callIDs = recording.dialogs.map { survey.dialogs[$0].callID }
        participants = recording.participants.map {
            InspectReport.Participant(id: $0.id, aor: $0.addressesOfRecord.last, name: $0.names.last?.value, confidence: $0.confidence.rawValue)
        }
        streams = recording.streams.map { stream in
            let suites = Array(Set(stream.flows.flatMap { $0.security.keys.map(\.master.suite.rawValue) })).sorted()
            let isSecure = stream.flows.contains(where: \.isSecure)
            return InspectReport.Stream(
                id: stream.id, label: stream.label, media: stream.media, participants: stream.participants,
                security: isSecure ? (suites.isEmpty ? "encrypted" : suites.joined(separator: ",")) : "none",
                hasKeys: isSecure
                    ? stream.flows.allSatisfy { !$0.isSecure || !$0.security.proven.isEmpty || $0.security.samples == 0 && !$0.keys.isEmpty } : nil,
                flows: stream.flows.map { flow in
                    let row = survey.flows.rows[flow.flow]
                    let codec = flow.firstCodec(row).map { "\($0.encoding)/\($0.clockRate.hertz)" }
                    return InspectReport.Flow(
                        ssrc: row.ssrc.description, source: row.path.source.description, destination: row.path.destination.description, codec: codec,
                        payloadTypes: row.payloadTypes.map { Int($0.type.value) }, packets: row.distinctPackets,
                        lost: max(0, row.expected - row.distinctPackets),
                        firstPacket: row.firstArrival.rfc3339, lastPacket: row.lastArrival.rfc3339, confidence: flow.match?.confidence.rawValue,
                        reasons: (flow.match?.reasons ?? []) + flow.security.reasons)
                })
        }
    }
}

extension InspectReport.Needed {
    package init(_ needed: NeededKey) {
        ssrc = needed.ssrc.description
        source = needed.path.source.description
        destination = needed.path.destination.description
        firstPacket = needed.from.rfc3339
        lastPacket = needed.until.rfc3339
        packets = needed.packets
        cutPackets = needed.cutPackets > 0 ? needed.cutPackets : nil
        suites = needed.suites
        keying = needed.keying
        keysTried = needed.tried
    }
}
