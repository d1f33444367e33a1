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
    /// Absent where neither a key log, a private key nor a connection of TLS is there.
    package let tls: TLSKeysReport?

    package init(_ contents: KeyFileContents, tls inputs: TLSInputs = TLSInputs(), survey: Survey?, plan: ReconstructionPlan?) {
        tls = TLSKeysReport(inputs, survey: survey)
        schema = "siprecap.keys/1"
        checkedInputs = survey != nil
        var reasons: [Int: [(name: String, reason: String)]] = [:]
        for flow in plan?.recordings.flatMap(\.streams).flatMap(\.flows) ?? [] {
            for key in flow.security.proven {
                guard case .file(let file, let line) = key.source, let verdict = key.verdict else { continue }
                reasons[flow.flow, default: []].append(
                    (
                        "\(file):\(line)",
                        "\(key.master.suite.rawValue), \(verdict.opened) of \(verdict.tried) sample packets authenticate, rollover counter \(verdict.roc)"
                    ))
            }
        }
        keys = contents.entries.enumerated().map { number, entry in
            let flows = survey.map { survey in
                (plan?.keyUses[number] ?? []).map { flow in
                    let row = survey.flows.rows[flow]
                    return Opened(
                        ssrc: row.ssrc.description, source: row.path.source.description, destination: row.path.destination.description,
                        firstPacket: row.firstArrival.rfc3339, lastPacket: row.lastArrival.rfc3339, packets: row.packets,
                        reasons: (reasons[flow] ?? []).filter { $0.name == "\(entry.file):\(entry.line)" }.map(\.reason))
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
    }
}
