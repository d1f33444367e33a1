import Evidence
import SIPSyntax
package import SIPDialogs

/// `signalling.txt`: the dialogs' messages in order, with time, direction and frame, keys redacted.
package enum SignallingText {
    package static func render(_ dialogs: [SIPDialog], captureName: (UInt32) -> String) -> [UInt8] {
        var out: [UInt8] = []
        let messages = dialogs.flatMap(\.messages).sorted {
            ($0.time, $0.origins.origin(at: 0)) < ($1.time, $1.origins.origin(at: 0))
        }
        for message in messages {
            let origin = message.origins.origin(at: 0)
            let repeated = message.isRetransmission ? " (retransmission)" : ""
            let header =
                "=== \(message.time.rfc3339) \(message.path.source) -> \(message.path.destination) \(message.transport.rawValue) "
                + "\(captureName(origin.capture).printable) frame \(origin.frame)\(repeated)\n"
            out += Array(header.utf8)
            if message.isRetransmission {
                out += Array("\n".utf8)
                continue
            }
            out += redacted(message.message.raw)
            if out.last != 0x0A { out.append(0x0A) }
            out.append(0x0A)
        }
        return out
    }

    /// The octets with what follows `inline:` and in `Authorization` fields replaced, whatever the part they stand in.
    static func redacted(_ octets: [UInt8]) -> [UInt8] {
        let marks: [(name: [UInt8], untilLineEnd: Bool)] = [
            (Array("inline:".utf8), false), (Array("authorization:".utf8), true), (Array("a=key-mgmt:".utf8), true),
        ]
        var out: [UInt8] = []
        out.reserveCapacity(octets.count)
        var index = 0
        while index < octets.count {
            guard let mark = marks.first(where: { matches(octets, index, $0.name) }) else {
                out.append(octets[index])
                index += 1
                continue
            }
            out += octets[index..<index + mark.name.count]
            index += mark.name.count
            out += Array((mark.untilLineEnd ? " [redacted]" : "[redacted]").utf8)
            while index < octets.count, octets[index] != 0x0D, octets[index] != 0x0A {
                if !mark.untilLineEnd, octets[index] == 0x7C || octets[index] == 0x20 || octets[index] == 0x3B { break }
                index += 1
            }
        }
        return out
    }

    private static func matches(_ octets: [UInt8], _ index: Int, _ name: [UInt8]) -> Bool {
        guard index + name.count <= octets.count else { return false }
        for offset in 0..<name.count where octets[index + offset].asciiLowercased != name[offset] { return false }
        return true
    }
}
