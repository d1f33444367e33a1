import TestSupport

/// The datagrams of a script, sent by other transports.
struct TransportScript {
    enum Signalling: CaseIterable { case udp, tcp, webSocket, sctp }
    enum Media: CaseIterable { case udp, indications, channels, framed }

    private struct Datagram {
        let time: Int
        let source: Socket
        let destination: Socket
        let payload: [UInt8]
    }

    private struct Stream {
        var sequence: UInt32 = 0xFFFF_FF00
    }

    private(set) var script = CaptureScript()
    private var streams: [[Socket]: Stream] = [:]
    private var bound: [[Socket]: UInt16] = [:]
    private var tsn: [Socket: UInt32] = [:]
    private static let relay = Socket(0xC000_0264, 3478)

    /// `segment`: octets of a TCP segment at most.
    init(_ plain: CaptureScript, signalling: Signalling, media: Media, segment: Int = 1400) {
        let datagrams = plain.frames.map { frame in
            let octets = frame.octets
            func be16(_ offset: Int) -> UInt16 { UInt16(octets[offset]) << 8 | UInt16(octets[offset + 1]) }
            func be32(_ offset: Int) -> UInt32 { UInt32(be16(offset)) << 16 | UInt32(be16(offset + 2)) }
            return Datagram(
                time: frame.microseconds, source: Socket(be32(26), be16(34)), destination: Socket(be32(30), be16(36)), payload: Array(octets[42...]))
        }
        for datagram in datagrams.sorted(by: { $0.time < $1.time }) {
            if datagram.payload[0] & 0xC0 == 0x80 { add(datagram, media, segment) } else { add(datagram, signalling, segment) }
        }
    }

    private mutating func add(_ it: Datagram, _ media: Media, _ segment: Int) {
        let (client, peer) = (it.source, it.destination)
        switch media {
        case .udp: script.datagram(it.time, from: client, to: peer, it.payload)
        case .indications:
            let body = Self.attribute(0x0012, Self.address(peer)) + Self.attribute(0x0013, it.payload)
            script.datagram(it.time, from: client, to: Self.relay, Self.stun(0x0016, body))
        case .channels:
            let number = bound[[client, peer]] ?? UInt16(0x4000 + bound.count)
            if bound.updateValue(number, forKey: [client, peer]) == nil {
                let body = Self.attribute(0x000C, CaptureScript.be16(Int(number)) + [0, 0]) + Self.attribute(0x0012, Self.address(peer))
                script.datagram(it.time - 10, from: client, to: Self.relay, Self.stun(0x0009, body))
            }
            script.datagram(it.time, from: client, to: Self.relay, CaptureScript.be16(Int(number)) + CaptureScript.be16(it.payload.count) + it.payload)
        case .framed: stream(it.time, client, peer, CaptureScript.be16(it.payload.count) + it.payload, segment)
        }
    }

    private mutating func add(_ it: Datagram, _ signalling: Signalling, _ segment: Int) {
        switch signalling {
        case .udp: script.datagram(it.time, from: it.source, to: it.destination, it.payload)
        case .tcp: stream(it.time, it.source, it.destination, it.payload, segment)
        case .webSocket: webSocket(it, segment)
        case .sctp:
            let half = it.payload.count / 2
            for (part, flags) in [(it.payload[..<half], UInt8(2)), (it.payload[half...], UInt8(1))] {
                let number = tsn[it.source, default: .max]
                tsn[it.source] = number &+ 1
                let head: [UInt8] = [0, flags] + CaptureScript.be16(16 + part.count) + CaptureScript.be32(number) + [0, 0, 0, 0, 0, 0, 0, 0]
                let ports: [UInt8] = CaptureScript.be16(Int(it.source.port)) + CaptureScript.be16(Int(it.destination.port))
                let tag = CaptureScript.be32(it.source.address &+ 1) + [0, 0, 0, 0]
                script.packet(it.time, from: it.source.address, to: it.destination.address, proto: 132, ports + tag + head + part)
            }
        }
    }

    private mutating func webSocket(_ it: Datagram, _ segment: Int) {
        let client = Socket(0xC000_0201, 5060)
        if streams.isEmpty {
            let hello = "GET / HTTP/1.1\r\nHost: x\r\nUpgrade: WebSocket\r\nConnection: Upgrade\r\nSec-WebSocket-Protocol: sip\r\n\r\n"
            stream(it.time - 2000, it.source, it.destination, Array(hello.utf8), segment)
            stream(it.time - 1000, it.destination, it.source, Array("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n".utf8), segment)
        }
        let mask: [UInt8] = [0x11, 0x82, 0x33, 0x44]
        let isMasked = it.source == client
        let middle = it.payload.count / 3
        let parts: [(UInt8, ArraySlice<UInt8>)] = [(0x01, it.payload[..<middle]), (0x80, it.payload[middle...])]
        var octets: [UInt8] = []
        for (first, part) in parts {
            octets += [first, 126 | (isMasked ? 0x80 : 0)] + CaptureScript.be16(part.count)
            if isMasked { octets += mask + part.enumerated().map { $0.element ^ mask[$0.offset & 3] } } else { octets += part }
        }
        stream(it.time, it.source, it.destination, octets, segment)
    }

    private mutating func stream(_ time: Int, _ source: Socket, _ destination: Socket, _ octets: [UInt8], _ segment: Int) {
        var state = streams[[source, destination]] ?? Stream()
        var start = 0
        while start < octets.count {
            let end = min(octets.count, start + segment)
            script.segment(time, from: source, to: destination, sequence: state.sequence, Array(octets[start..<end]))
            state.sequence &+= UInt32(end - start)
            start = end
        }
        streams[[source, destination]] = state
    }

    private static func stun(_ type: Int, _ body: [UInt8]) -> [UInt8] {
        let head: [UInt8] = CaptureScript.be16(type) + CaptureScript.be16(body.count) + [0x21, 0x12, 0xA4, 0x42]
        return head + [UInt8](repeating: 9, count: 12) + body
    }

    private static func attribute(_ type: Int, _ value: [UInt8]) -> [UInt8] {
        CaptureScript.be16(type) + CaptureScript.be16(value.count) + value + [UInt8](repeating: 0, count: (4 - value.count % 4) % 4)
    }

    private static func address(_ socket: Socket) -> [UInt8] {
        [0, 1] + CaptureScript.be16(Int(socket.port ^ 0x2112)) + CaptureScript.be32(socket.address ^ 0x2112_A442)
    }
}
