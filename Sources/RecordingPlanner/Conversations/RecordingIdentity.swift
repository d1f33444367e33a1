import CaptureSurvey
import Evidence
import RecordingPlan
import RecordingRecords

/// Names of recordings that depend on the signalling alone, so that they are the same however the captures were split.
struct RecordingIdentity {
    private var taken: Set<String> = []
    /// How many recordings had the same parts.
    private var counts: [String: Int] = [:]

    /// Back-to-back user agents may keep the Call-ID, so several dialogs can have one: the first in order of time is named by it alone,
    /// the others by their number, too.
    mutating func id(kind: RecordingKind, parts: [String]) -> String {
        let base = Self.id(kind: kind, parts: parts)
        var id = base
        while !taken.insert(id).inserted {
            counts[base, default: 1] += 1
            id = Self.id(kind: kind, parts: parts + ["\(counts[base, default: 1])"])
        }
        return id
    }

    /// 64-bit FNV-1a over the parts with a separator, as 16 hexadecimal digits. Not a security hash: it only has to spread.
    static func id(kind: RecordingKind, parts: [String]) -> String {
        var digest: UInt64 = 0xCBF2_9CE4_8422_2325
        for part in [kind.rawValue] + parts {
            for octet in Array(part.utf8) + [0] { digest = (digest ^ UInt64(octet)) &* 0x100_0000_01B3 }
        }
        let text = String(digest, radix: 16)
        return String(repeating: "0", count: 16 - text.count) + text
    }
}
