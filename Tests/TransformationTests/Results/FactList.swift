import Foundation
import Siprecap

/// Facts of one `recording.json`, each by a name and as a text that can be compared and read.
struct FactList {
    let origin: Int64
    private(set) var facts: [String: String] = [:]

    init(_ sidecar: [String: Any], origin: Int64) {
        self.origin = origin
        for name in ["kind", "complete", "start", "end", "duration"] { facts[name] = text(sidecar[name]) }
        facts["calls"] = Self.objects(sidecar["dialogs"]).map {
            let fields = [text($0["callID"]), text($0["role"]), text($0["start"]), text($0["answered"]), text($0["end"]), text($0["endedBy"])]
            return fields.joined(separator: " ")
        }.sorted().joined(separator: "\n")
        facts["events"] = Self.objects(sidecar["events"]).map(event).joined(separator: "\n")
        facts["sessions"] = Self.objects(sidecar["sessions"]).map { "\(text($0["id"])) \(text($0["start"])) \(text($0["end"]))" }.joined(separator: "\n")
        for participant in Self.objects(sidecar["participants"]) { add(participant: participant) }
        let streams = Self.objects(sidecar["streams"])
        facts["streams"] = streams.map { "\(text($0["id"])) \(text($0["media"])) \(text($0["label"])) of \(text($0["participants"]))" }
            .joined(separator: "\n")
        for stream in streams { add(stream: stream) }
        facts["findings"] = Set(Self.objects(sidecar["findings"]).map { "\(text($0["rule"])) \(text($0["severity"]))" }).sorted().joined(separator: "\n")
    }

    private mutating func add(participant: [String: Any]) {
        let name = "participant \(text(participant["id"]))"
        for field in ["names", "aor", "aors", "confidence", "files", "sends", "receives", "sessions", "talk"] {
            facts["\(name) \(field)"] = text(participant[field])
        }
    }

    private mutating func add(stream: [String: Any]) {
        let name = "stream \(text(stream["id"]))"
        facts["\(name) binding"] = text(stream["binding"])
        facts["\(name) files"] = text(stream["files"])
        facts["\(name) gaps"] = Self.objects(stream["gaps"]).map {
            "\(text($0["offset"])) +\(text($0["duration"])) \(text($0["cause"])), packets \(text($0["packets"]))"
        }.joined(separator: "\n")
        let flows = Self.objects(stream["flows"])
        facts["\(name) codecs"] = flows.map { flow in
            Self.objects(flow["codecs"]).map { "\(text($0["name"])) \(text($0["packets"]))" }.joined(separator: ", ")
        }.joined(separator: "\n")
        facts["\(name) packets"] = flows.map { "\(text($0["packets"])) lost \(text($0["lost"]))" }.joined(separator: "\n")
        facts["\(name) times"] = flows.map { "\(text($0["firstPacket"])) to \(text($0["lastPacket"]))" }.joined(separator: "\n")
    }

    private func event(_ event: [String: Any]) -> String {
        let detail = (event["detail"] as? [String: Any] ?? [:]).sorted { $0.key < $1.key }.map { "\($0.key)=\(text($0.value))" }
        return ([text(event["time"]), text(event["type"]), text(event["stream"]), text(event["participants"])] + detail).joined(separator: " ")
    }

    static func objects(_ value: Any?) -> [[String: Any]] { value as? [[String: Any]] ?? [] }

    static func nanoseconds(_ value: Any?) -> Int64? { (value as? String).flatMap { $0.hasSuffix("Z") ? Timestamp(rfc3339: $0)?.nanoseconds : nil } }

    /// A JSON value as a text; moments become seconds from the origin. What documents state about time is left out: no transformation changes it.
    private func text(_ value: Any?) -> String {
        switch value {
        case nil: return "-"
        case let list as [Any]: return "[" + list.map { text($0) }.joined(separator: ", ") + "]"
        case let object as [String: Any]:
            let pairs = object.filter { !$0.key.hasPrefix("stated") }.sorted { $0.key < $1.key }
            return "{" + pairs.map { "\($0.key) \(text($0.value))" }.joined(separator: ", ") + "}"
        case let string as String:
            guard let moment = Self.nanoseconds(string) else { return string }
            return String(format: "%.6f s", Double(moment - origin) / 1e9)
        case let other?: return "\(other)"
        }
    }
}
