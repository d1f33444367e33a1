import Foundation

/// What went wrong, for people.
struct Failure: Error, CustomStringConvertible {
    let description: String
    init(_ text: String) { description = text }
}

/// UDP datagrams of a small pcap file of Ethernet frames.
struct SampleCapture {
    struct Datagram {
        /// Nanoseconds since 1970.
        let time: Int64
        /// Dotted quads.
        let source, destination: String
        let sourcePort, destinationPort: UInt16
        let payload: [UInt8]
    }

    let datagrams: [Datagram]

    init(path: String) throws {
        guard let data = FileManager.default.contents(atPath: path) else { throw Failure("cannot read \(path)") }
        let octets = [UInt8](data)
        guard octets.count > 24, octets[0] == 0xD4 || octets[0] == 0x4D, octets[20] == 1 else {
            throw Failure("\(path) is no little-endian pcap file of Ethernet frames")
        }
        let unit: Int64 = octets[0] == 0x4D ? 1 : 1000
        func little(_ at: Int) -> Int { (0..<4).reduce(0) { $0 | Int(octets[at + $1]) << (8 * $1) } }
        func big16(_ at: Int) -> Int { Int(octets[at]) << 8 | Int(octets[at + 1]) }
        var found: [Datagram] = []
        var at = 24
        while at + 16 <= octets.count {
            let time = Int64(little(at)) * 1_000_000_000 + Int64(little(at + 4)) * unit
            let frame = at + 16
            let end = frame + little(at + 8)
            guard end <= octets.count else { break }
            at = end
            // IPv4 without fragments, UDP.
            guard end - frame >= 42, big16(frame + 12) == 0x0800, octets[frame + 23] == 17, big16(frame + 20) & 0x3FFF == 0 else { continue }
            let udp = frame + 14 + Int(octets[frame + 14] & 15) * 4
            guard udp + 8 <= end, udp + big16(udp + 4) <= end else { continue }
            func address(_ at: Int) -> String { octets[at..<at + 4].map(String.init).joined(separator: ".") }
            found.append(
                Datagram(
                    time: time, source: address(frame + 26), destination: address(frame + 30), sourcePort: UInt16(big16(udp)),
                    destinationPort: UInt16(big16(udp + 2)), payload: Array(octets[udp + 8..<udp + max(8, big16(udp + 4))])))
        }
        datagrams = found
    }

    /// SIP messages in order.
    var messages: [Datagram] { datagrams.filter { $0.sourcePort == 5060 || $0.destinationPort == 5060 } }

    /// RTP packets of payload type 0 to 95 by source port; RTCP (72 to 76 there) is left out.
    var media: [[Datagram]] {
        let packets = datagrams.filter {
            $0.sourcePort != 5060 && $0.destinationPort != 5060 && $0.payload.count > 12 && $0.payload[0] == 0x80 && !(72...76).contains($0.payload[1] & 0x7F)
        }
        return Dictionary(grouping: packets, by: \.sourcePort).sorted { $0.key < $1.key }.map(\.value)
    }
}
