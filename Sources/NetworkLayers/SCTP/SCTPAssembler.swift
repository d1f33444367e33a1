package import Evidence

/// Takes user messages out of SCTP packets (RFC 9260): bundled chunks, fragments, also of several messages in turns (I-DATA, RFC 8260), repeated
/// chunks. The payload protocol identifier is ignored.
///
/// A message is delivered when its last missing fragment has come, in the order of the capture: whether the receiver held it back for an
/// earlier one of its stream changes when it acted, not what was said. An association is known by its ports and verification tag, so that
/// paths of a multihomed endpoint belong together. A chunk that was cut by the capture is not used.
///
/// Bounds: `limits.tcpStreams` directions, `limits.sipMessageOctets` octets that wait in one, `octetLimit` in all, `limits.fragmentSeconds` of
/// capture time. What is given up is NET009.
package struct SCTPAssembler: Sendable {
    private struct Key: Hashable {
        let source: UInt16
        let destination: UInt16
        let tag: UInt32
    }

    private let limits: Limits
    private var directions: [Key: SCTPDirection] = [:]
    /// In order of creation, for eviction.
    private var order: [Key] = []
    private var orderHead = 0
    private var held = 0

    /// Octets held for all incomplete messages: 64 MiB.
    package static var octetLimit: Int { 64 << 20 }
    /// Fragments that wait in one direction.
    package static var fragmentLimit: Int { 16_384 }

    package init(limits: Limits = Limits()) { self.limits = limits }

    /// The messages that this packet completes. `origin` is that of the start of the frame that `bytes` is.
    package mutating func add(_ packet: SCTPPacket, of bytes: RawSpan, origin: Origin, time: CaptureTime, findings: inout FindingLog) -> [SCTPMessage] {
        var out: [SCTPMessage] = []
        var index = packet.chunksStart
        let end = packet.chunksStart + packet.chunksCount
        guard packet.chunksStart >= 0, packet.chunksCount >= 0, end <= bytes.byteCount else { return out }
        while index + 4 <= end {
            let length = Int(bytes.be16(index + 2))
            guard length >= 4, index + length <= end else { break }
            if let chunk = SCTPChunk(bytes, index..<index + length) {
                data(packet, bytes, chunk, origin: origin, time: time, findings: &findings, into: &out)
            }
            index += (length + 3) / 4 * 4
        }
        return out
    }

    /// Gives up what is incomplete, at the end of all input.
    package mutating func finish(findings: inout FindingLog) {
        for key in order[orderHead...] {
            guard let direction = directions.removeValue(forKey: key) else { continue }
            abandon(direction, key, "the capture ended", findings: &findings)
        }
        order = []
        orderHead = 0
        held = 0
    }

    private mutating func data(
        _ packet: SCTPPacket, _ bytes: RawSpan, _ chunk: SCTPChunk, origin: Origin, time: CaptureTime, findings: inout FindingLog,
        into out: inout [SCTPMessage]
    ) {
        let key = Key(source: packet.source.port, destination: packet.destination.port, tag: packet.verificationTag)
        if directions[key] == nil { open(key, findings: &findings) }
        guard directions[key]?.isNew(chunk.tsn) == true else { return }
        let content = chunk.content
        let place = origin.advanced(by: content.lowerBound)
        if chunk.isFirst, chunk.isLast {
            out.append(
                SCTPMessage(
                    path: packet.path, stream: chunk.stream, payloadProtocol: chunk.payloadProtocol, octets: bytes.array(content),
                    origins: OriginMap(place, at: time), time: time))
            return
        }
        guard var direction = directions.removeValue(forKey: key) else { return }
        defer { directions[key] = direction }
        if direction.isWaiting, time.seconds(since: direction.lastTime) > limits.fragmentSeconds {
            held -= direction.pendingOctets
            abandon(direction, key, "no more arrived for \(limits.fragmentSeconds) s", findings: &findings)
            direction.dropFragments()
        }
        let fragment = SCTPDirection.Fragment(
            isFirst: chunk.isFirst, isLast: chunk.isLast, stream: chunk.stream, payloadProtocol: chunk.payloadProtocol, octets: bytes.array(content),
            origin: place, time: time)
        let before = direction.pendingOctets
        let parts = chunk.message.map { direction.keep(fragment, $0.key, $0.number) } ?? direction.keep(fragment, chunk.tsn)
        held += direction.pendingOctets - before
        if let parts {
            var octets: [UInt8] = []
            var origins = OriginMap()
            for part in parts {
                origins.append(start: octets.count, origin: part.origin, time: part.time)
                octets += part.octets
            }
            out.append(
                SCTPMessage(
                    path: packet.path, stream: chunk.stream, payloadProtocol: parts.first?.payloadProtocol ?? chunk.payloadProtocol,
                    octets: octets, origins: origins, time: time))
        } else if direction.pendingOctets > limits.sipMessageOctets || direction.fragmentCount > Self.fragmentLimit || held > Self.octetLimit {
            held -= direction.pendingOctets
            abandon(direction, key, "too many bytes were waiting for others", findings: &findings)
            direction.dropFragments()
        }
    }

    private mutating func open(_ key: Key, findings: inout FindingLog) {
        while directions.count >= max(1, limits.tcpStreams), orderHead < order.count {
            let oldest = order[orderHead]
            orderHead += 1
            guard let gone = directions.removeValue(forKey: oldest) else { continue }
            held -= gone.pendingOctets
            abandon(gone, oldest, "too many associations at once", findings: &findings)
        }
        if orderHead > 4096, orderHead > order.count / 2 {
            order.removeFirst(orderHead)
            orderHead = 0
        }
        directions[key] = SCTPDirection()
        order.append(key)
    }

    private func abandon(_ direction: SCTPDirection, _ key: Key, _ reason: String, findings: inout FindingLog) {
        guard direction.isWaiting else { return }
        let first = direction.firstOrigin
        findings.report(
            .net009,
            "\(direction.fragmentCount) fragments with \(direction.pendingOctets) bytes between ports \(key.source) and \(key.destination): \(reason)",
            at: first, subject: FindingSubject(flow: .sctp(key.source, key.destination)))
    }
}
