import TestSupport

/// One RTP packet of a scene.
struct ScenePacket: Sendable {
    var microseconds: Int
    var source: Socket
    var destination: Socket
    var octets: [UInt8]
    /// Of the IPv4 header.
    var identification = 1

    /// Packets of 20 ms; the one with number 0 would leave at `seconds`.
    static func speech(_ source: ToneSource, _ numbers: Range<Int>, from seconds: Double = 0.5) -> [ScenePacket] {
        numbers.map {
            ScenePacket(
                microseconds: Int((seconds * 1e6).rounded()) + $0 * 20_000, source: source.source, destination: source.destination, octets: source.packet($0))
        }
    }

    var payloadType: UInt8 {
        get { octets[1] & 0x7F }
        set { octets[1] = newValue }
    }

    var sequence: UInt16 {
        get { UInt16(octets[2]) << 8 | UInt16(octets[3]) }
        set { octets.replaceSubrange(2..<4, with: CaptureScript.be16(Int(newValue))) }
    }

    var timestamp: UInt32 {
        get { octets[4..<8].reduce(0) { $0 << 8 | UInt32($1) } }
        set { octets.replaceSubrange(4..<8, with: CaptureScript.be32(newValue)) }
    }

    var ssrc: UInt32 {
        get { octets[8..<12].reduce(0) { $0 << 8 | UInt32($1) } }
        set { octets.replaceSubrange(8..<12, with: CaptureScript.be32(newValue)) }
    }

    var payload: [UInt8] {
        get { Array(octets[12...]) }
        set { octets.replaceSubrange(12..., with: newValue) }
    }

    /// The same packet later.
    func later(by microseconds: Int) -> ScenePacket {
        var packet = self
        packet.microseconds += microseconds
        return packet
    }
}
