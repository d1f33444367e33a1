package import CaptureSurvey
import Evidence
package import PacketInput
package import RecordingPlan
package import SRTPDecryption
import StreamMatching

/// What `siprecap keys check` tells (schema `siprecap.keys/1`). Holds no key, only what names one.
package struct KeysReport: Codable, Sendable {
    /// A flow that a key opens.
    package struct Opened: Codable, Sendable {
        package let ssrc: String
        package let source: String
        package let destination: String
        package let firstPacket: String
        package let lastPacket: String
        package let packets: Int
        /// How sure it is.
        package let reasons: [String]
        /// Sample packets of the flow that no key at hand opens.
        package let closedSamples: Int
    }

    /// Encrypted streams by what their sample packets showed; `decrypted`, `inPart` and `closed` add up to `encrypted`.
    package struct Streams: Codable, Sendable {
        package fileprivate(set) var encrypted = 0
        package fileprivate(set) var decrypted = 0
        /// Some sample packets open with no key at hand.
        package fileprivate(set) var inPart = 0
        package fileprivate(set) var closed = 0
    }

    package struct Key: Codable, Sendable {
        /// First four octets of SHA-256 over key and salt.
        package let id: String
        package let file: String
        package let line: Int
        /// One where the file says, else all that fit the length.
        package let suites: [String]
        package let mki: String?
        package let hasSelectors: Bool
        package let note: String?
        /// Key and salt open a stream in the other order.
        package let isSwapped: Bool
        package let opens: [Opened]
    }

    package struct Problem: Codable, Sendable {
        package let file: String
        /// 0 for the file as a whole.
        package let line: Int
        package let message: String
    }

    package let schema: String
    package let keys: [Key]
    package let problems: [Problem]
    package let readableByOthers: [String]
    package let checkedInputs: Bool
    package let keysNeeded: [InspectReport.Needed]
    /// Absent without captures.
    package let streams: Streams?
    /// Absent where neither a key log, a private key nor a connection of TLS is there.
    package let tls: TLSKeysReport?

    package init(_ contents: KeyFileContents, tls inputs: TLSInputs = TLSInputs(), survey: Survey?, plan: ReconstructionPlan?) {
        let opened = OpenedFlows(plan)
        tls = TLSKeysReport(inputs, survey: survey, opened: survey.map { opened.paths(in: $0) } ?? [])
        schema = "siprecap.keys/1"
        checkedInputs = survey != nil
        keys = contents.entries.enumerated().map { number, entry in
            let flows = survey.map { survey in
                (plan?.keyUses[number] ?? []).map { flow in
                    let row = survey.flows.rows[flow]
                    return Opened(
                        ssrc: row.ssrc.description, source: row.path.source.description, destination: row.path.destination.description,
                        firstPacket: row.firstArrival.rfc3339, lastPacket: row.lastArrival.rfc3339, packets: row.packets,
                        reasons: opened.reasons(for: entry, flow: flow), closedSamples: opened.security[flow]?.closedSamples ?? 0)
                }
            }
            return Key(
                id: entry.keys.first?.identifier ?? "", file: entry.file, line: entry.line, suites: entry.keys.map(\.suite.rawValue),
                mki: entry.keys.first?.mki.map { Hex.encode($0) }, hasSelectors: entry.hasSelectors, note: entry.note,
                isSwapped: plan?.swappedKeys[number] != nil, opens: flows ?? [])
        }
        problems = contents.problems.map { Problem(file: $0.file, line: $0.line, message: $0.message) }
        readableByOthers = contents.readableByOthers + inputs.readableByOthers
        keysNeeded = plan?.keysNeeded.map(InspectReport.Needed.init) ?? []
        streams = survey.map { _ in
            var out = Streams()
            for keys in opened.security.values {
                out.encrypted += 1
                if keys.proven.isEmpty { out.closed += 1 } else if keys.closedSamples > 0 { out.inPart += 1 } else { out.decrypted += 1 }
            }
            return out
        }
    }
}
