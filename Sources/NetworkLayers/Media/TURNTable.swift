package import Evidence

/// What a datagram beside media turned out to be.
package enum RelayedContent: Sendable, Equatable {
    /// STUN that carries nothing for others.
    case stun
    /// What a peer sent or is to be sent, where it lies in the datagram as far as it was captured, and how many octets it has.
    case inner(NetworkPath, Range<Int>, declared: Int)
}

/// Takes the envelope of a TURN relay off media (RFC 8656): channel data, Send and Data indications.
///
/// The inner path is the one between the peer and the client's relayed address, as in SDP; the client's own address stands in while its
/// allocation has not been seen. Channel data whose binding was not seen keeps the outer path. Both passes feed the same datagrams and so
/// learn the same.
package struct TURNTable: Sendable {
    private struct Channel: Hashable, Sendable {
        /// From client to server.
        let path: NetworkPath
        let number: UInt16
    }

    private var peers: [Channel: Endpoint] = [:]
    /// Relayed address by the path from client to server.
    private var relayed: [NetworkPath: Endpoint] = [:]
    private let limit: Int

    /// `limit`: channels and allocations that are remembered.
    package init(limit: Int = 65_536) { self.limit = limit }

    /// Nil when the datagram, of `declared` octets on the wire, is neither STUN nor channel data.
    package mutating func content(of bytes: RawSpan, declared: Int, on path: NetworkPath) -> RelayedContent? {
        guard bytes.byteCount >= 4 else { return nil }
        let first = bytes.u8(0)
        if first < 4 { return STUNMessage(bytes).map { message($0, bytes, path) } }
        guard first >= 0x40, first < 0x80 else { return nil }
        let length = Int(bytes.be16(2))
        // Over UDP padding is allowed but not needed (RFC 8656 section 12.5).
        guard length > 0, declared >= 4 + length, declared <= 4 + (length + 3) / 4 * 4 else { return nil }
        let captured = min(length, bytes.byteCount - 4)
        guard Self.isPlausible(bytes, 4, captured) else { return nil }
        return .inner(inner(path, channel: bytes.be16(0)), 4..<4 + captured, declared: length)
    }

    /// What a relay carries for media: RTP, RTCP, STUN or DTLS by the first octet (RFC 7983), with a head that fits.
    static func isPlausible(_ bytes: RawSpan, _ start: Int, _ count: Int) -> Bool {
        guard count >= 8 else { return false }
        let first = bytes.u8(start)
        if first & 0xC0 == 0x80 {
            let second = bytes.u8(start + 1)
            return second >= 192 && second <= 223 || count >= 12 + 4 * Int(first & 15)
        }
        if first < 4 { return count >= 20 && bytes.be32(start + 4) == STUNMessage.cookie }
        return first >= 20 && first <= 63 && count >= 13 && bytes.u8(start + 1) == 0xFE
    }

    private mutating func message(_ message: STUNMessage, _ bytes: RawSpan, _ path: NetworkPath) -> RelayedContent {
        switch message.type {
        case 0x0016, 0x0017:
            // Send indication by the client, Data indication by the server: XOR-PEER-ADDRESS and DATA.
            guard let peer = message.address(0x0012, in: bytes), let data = message.attribute(0x0013, in: bytes), !data.isEmpty else { return .stun }
            let isFromClient = message.type == 0x0016
            let client = relayed[isFromClient ? path : path.reversed] ?? (isFromClient ? path.source : path.destination)
            let inner = isFromClient ? NetworkPath(source: client, destination: peer) : NetworkPath(source: peer, destination: client)
            return .inner(inner, data, declared: data.count)
        case 0x0009:
            // ChannelBind request: CHANNEL-NUMBER and XOR-PEER-ADDRESS.
            if let peer = message.address(0x0012, in: bytes), let number = message.attribute(0x000C, in: bytes), number.count >= 2 {
                let channel = Channel(path: path, number: bytes.be16(number.lowerBound))
                if peers.count < limit || peers[channel] != nil { peers[channel] = peer }
            }
        case 0x0103:
            // Allocate success: XOR-RELAYED-ADDRESS.
            if let address = message.address(0x0016, in: bytes), relayed.count < limit || relayed[path.reversed] != nil {
                relayed[path.reversed] = address
            }
        default: break
        }
        return .stun
    }

    private func inner(_ path: NetworkPath, channel: UInt16) -> NetworkPath {
        if let peer = peers[Channel(path: path, number: channel)] {
            return NetworkPath(source: relayed[path] ?? path.source, destination: peer)
        }
        let reversed = path.reversed
        if let peer = peers[Channel(path: reversed, number: channel)] {
            return NetworkPath(source: peer, destination: relayed[reversed] ?? reversed.source)
        }
        return path
    }
}
