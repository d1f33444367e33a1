import CaptureFormat
package import Evidence
package import NetworkLayers

/// Receives transport payloads, whole again where they were fragmented.
package protocol TransportVisitor {
    /// Precedes `datagram` where the frame is a whole IP packet.
    mutating func note(_ mark: PacketMark)
    /// Precedes `datagram` where that came in fragments: where each part of its payload came from.
    mutating func note(assembly origins: OriginMap)
    /// `payload` is what was captured of it; `declared` the octets that the headers promise.
    mutating func datagram(_ path: NetworkPath, _ payload: RawSpan, declared: Int, time: CaptureTime, origin: Origin)
    /// `bytes` hold the segment's payload where `segment` says.
    mutating func segment(_ segment: TCPSegment, _ bytes: RawSpan, time: CaptureTime, origin: Origin)
    /// `bytes` hold the chunks where `packet` says.
    mutating func sctp(_ packet: SCTPPacket, _ bytes: RawSpan, time: CaptureTime, origin: Origin)
}

extension TransportVisitor {
    package mutating func sctp(_ packet: SCTPPacket, _ bytes: RawSpan, time: CaptureTime, origin: Origin) {}
}

extension TransportVisitor {
    @inline(__always)
    package mutating func note(_ mark: PacketMark) {}
    package mutating func note(assembly origins: OriginMap) {}
}

/// From frame octets to transport payloads: link layer, IP, reassembly of fragments. Both passes decode by this same code.
package struct DatagramDecoder {
    private var fragments: FragmentAssembler
    package var findings: FindingLog
    /// Frames by what they held.
    package private(set) var counts = FrameCounts()
    private let nesting: Nesting
    /// Octets that a compressed payload may unpack to.
    private let unpackedLimit: Int
    private let since: CaptureTime
    private let until: CaptureTime
    private let filter: (any FrameFilter)?
    /// Looking at the filter itself copies it for every frame.
    private let hasFilter: Bool

    /// Reassembled datagrams within one another.
    private static let assemblyLimit = 4

    package init(limits: Limits, since: CaptureTime?, until: CaptureTime?, filter: (any FrameFilter)? = nil) {
        self.filter = filter
        hasFilter = filter != nil
        fragments = FragmentAssembler(limits: limits)
        findings = FindingLog()
        unpackedLimit = limits.sipMessageOctets
        nesting = Nesting(limit: limits.encapsulationDepth)
        self.since = since ?? .distantPast
        self.until = until ?? .distantFuture
    }

    @inline(__always)
    mutating func decode(_ frame: CapturedFrame, _ bytes: RawSpan, capture: UInt32, _ visitor: inout some TransportVisitor) {
        counts.frames &+= 1
        if frame.time < since || frame.time >= until { return }
        if hasFilter, !isAccepted(frame, bytes) { return }
        guard frame.linkType.value == 1, let datagram = UDPDatagram(plainEthernet: bytes), !UDPTunnel.isWorthALook(bytes, datagram) else {
            return decodeOther(frame, bytes, capture, &visitor)
        }
        counts.udp &+= 1
        visitor.note(PacketMark(plainEthernet: bytes, frame: frame.number, interface: frame.interface))
        visitor.datagram(
            datagram.path, bytes.extracting(datagram.payloadStart..<datagram.payloadStart &+ datagram.payloadCount), declared: datagram.declaredCount,
            time: frame.time, origin: Origin(capture: capture, frame: frame.number, offset: UInt32(truncatingIfNeeded: datagram.payloadStart)))
    }

    /// What is not plain UDP over IPv4 over Ethernet. Apart, so that its many cases take no registers from the common one.
    @inline(never)
    private mutating func decodeOther(_ frame: CapturedFrame, _ bytes: RawSpan, _ capture: UInt32, _ visitor: inout some TransportVisitor) {
        switch FrameContent.decodeHeaders(bytes, linkType: frame.linkType.value, nesting: nesting) {
        case .udp(let datagram):
            if UDPTunnel.isWorthALook(bytes, datagram) { return tunnel(datagram, frame, bytes, capture, &visitor) }
            counts.udp &+= 1
            visitor.note(PacketMark(bytes, payload: datagram.payloadStart, frame: frame.number, interface: frame.interface))
            visitor.datagram(
                NetworkPath(source: datagram.source, destination: datagram.destination),
                bytes.extracting(datagram.payloadStart..<datagram.payloadStart + datagram.payloadCount), declared: datagram.declaredCount,
                time: frame.time, origin: Origin(capture: capture, frame: frame.number, offset: UInt32(truncatingIfNeeded: datagram.payloadStart)))
        case .tcp(let segment):
            counts.tcp &+= 1
            visitor.segment(
                segment, bytes, time: frame.time,
                origin: Origin(capture: capture, frame: frame.number))
        case let content: uncommon(content, bytes, FramePlace(frame, capture), &visitor)
        }
    }

    @inline(never)
    private func isAccepted(_ frame: CapturedFrame, _ bytes: RawSpan) -> Bool {
        filter?.accepts(bytes, linkType: frame.linkType.value, originalLength: frame.originalLength) ?? true
    }

    /// A datagram that may be a tunnel; signalling passes here too, for its ports are among theirs.
    @inline(never)
    private mutating func tunnel(
        _ datagram: UDPDatagram, _ frame: CapturedFrame, _ bytes: RawSpan, _ capture: UInt32, _ visitor: inout some TransportVisitor
    ) {
        let content = UDPTunnel.decode(bytes, datagram, nesting)
        if case .udp = content { counts.udp &+= 1 }
        if case .tcp = content { counts.tcp &+= 1 }
        uncommon(content, bytes, FramePlace(frame, capture), &visitor)
    }

    /// What is neither UDP nor TCP at first sight, and everything within a reassembled datagram.
    @inline(never)
    private mutating func uncommon(_ content: FrameContent, _ bytes: RawSpan, _ place: FramePlace, _ visitor: inout some TransportVisitor) {
        switch content {
        case .udp(let datagram):
            if place.assemblies == 0 {
                visitor.note(PacketMark(bytes, payload: datagram.payloadStart, frame: place.frame, interface: place.interface))
            } else {
                visitor.note(assembly: place.origins.dropping(datagram.payloadStart))
            }
            visitor.datagram(
                NetworkPath(source: datagram.source, destination: datagram.destination),
                bytes.extracting(datagram.payloadStart..<datagram.payloadStart + datagram.payloadCount), declared: datagram.declaredCount,
                time: place.time, origin: place.origins.origin(at: datagram.payloadStart))
        case .tcp(let segment): visitor.segment(segment, bytes, time: place.time, origin: place.start(seenFrom: segment.payloadStart))
        case .sctp(let packet):
            counts.other &+= 1
            visitor.sctp(packet, bytes, time: place.time, origin: place.origins.origin(at: 0))
        case .fragment(let fragment): reassemble(fragment, bytes, place, &visitor)
        case .message(let message) where message.isCompressed:
            guard let octets = message.unpacked(bytes, limit: unpackedLimit) else { return unusual(.compressedMessage, place) }
            counts.udp &+= 1
            visitor.datagram(
                NetworkPath(source: message.source, destination: message.destination), unsafe octets.span.bytes, declared: octets.count,
                time: message.time ?? place.time, origin: place.origins.origin(at: message.payloadStart))
        case .message(let message):
            counts.udp &+= 1
            if place.assemblies > 0 { visitor.note(assembly: place.origins.dropping(message.payloadStart)) }
            // An agent's message over TCP is whole already, so it goes the way of datagrams: one payload is one SIP message.
            visitor.datagram(
                NetworkPath(source: message.source, destination: message.destination),
                bytes.extracting(message.payloadStart..<message.payloadStart + message.payloadCount), declared: message.declaredCount,
                time: message.time ?? place.time, origin: place.origins.origin(at: message.payloadStart))
        case .other(.aggregate(let start)):
            var position = start
            while let part = FrameContent.nextSubframe(bytes, at: &position, nesting: nesting) {
                if case .udp = part { counts.udp &+= 1 }
                if case .tcp = part { counts.tcp &+= 1 }
                uncommon(part, bytes, place, &visitor)
            }
        case .other(let other): unusual(other, place)
        }
    }

    private mutating func reassemble(_ fragment: IPFragment, _ bytes: RawSpan, _ place: FramePlace, _ visitor: inout some TransportVisitor) {
        counts.fragments &+= 1
        // Fragments within a datagram that was itself in fragments: tunnels do that, but not without end.
        guard place.assemblies < Self.assemblyLimit else { return unusual(.tooDeep, place) }
        guard
            let whole = fragments.add(
                fragment, of: bytes, origin: place.start(seenFrom: fragment.payloadStart), time: place.time, findings: &findings)
        else { return }
        var inside = place
        inside.origins = whole.origins
        inside.time = whole.time
        inside.isCut = false
        inside.assemblies += 1
        uncommon(decodeTransport(of: whole, nesting: nesting), unsafe whole.octets.span.bytes, inside, &visitor)
    }

    @inline(never)
    private mutating func unusual(_ other: FrameOther, _ place: FramePlace) {
        counts.other &+= 1
        let origin = place.origins.origin(at: 0)
        switch other {
        case .unsupportedLink(let type):
            findings.report(.net005, "\(LinkType(type).name) is not read; its packets are skipped", at: origin)
        // What the snap length cut is told once for each capture (CAP003).
        case .truncated where place.isCut: break
        case .truncated, .malformed:
            findings.report(.net006, "a network header is cut or malformed; the packet is skipped", at: origin)
        case .tooDeep: findings.report(.net011, "more link layers, tunnels or header extensions than are followed; the packet is skipped", at: origin)
        case .ipProtocol(50): findings.report(.net012, "packets are encrypted by IPsec (ESP)", at: origin)
        case .wirelessProtected: findings.report(.net013, "wireless frames are encrypted", at: origin)
        case .compressedMessage: findings.report(.net014, "the payload of a HEP message is compressed and can not be unpacked; it is skipped", at: origin)
        case .notIP, .ipProtocol, .aggregate: break
        }
    }

    /// Gives up what is still incomplete.
    package mutating func finish() {
        fragments.finish(findings: &findings)
        for refusal in filter?.refusals ?? [] {
            findings.report(.cap014, "the filter does not fit \(LinkType(refusal.linkType).name): \(refusal.reason)", at: nil)
        }
    }
}

/// Where octets that are being decoded came from.
private struct FramePlace {
    var origins: OriginMap
    var time: CaptureTime
    /// The frame was captured in part.
    var isCut: Bool
    /// Reassembled datagrams around.
    var assemblies = 0
    let frame: UInt32
    let interface: UInt32

    init(_ frame: CapturedFrame, _ capture: UInt32) {
        origins = OriginMap(Origin(capture: capture, frame: frame.number), at: frame.time)
        time = frame.time
        isCut = frame.capturedLength < frame.originalLength
        self.frame = frame.number
        interface = frame.interface
    }

    /// The origin that the start of the octets would have, were they one frame with what lies at `offset`: who adds `offset` is right.
    func start(seenFrom offset: Int) -> Origin {
        let origin = origins.origin(at: offset)
        return Origin(capture: origin.capture, frame: origin.frame, offset: origin.offset &- UInt32(truncatingIfNeeded: offset))
    }
}

/// Frames seen, by what they held.
package struct FrameCounts: Sendable {
    package var frames = 0
    package var udp = 0
    package var tcp = 0
    package var fragments = 0
    package var other = 0
    package var sip = 0
    package var rtp = 0
    package var rtcp = 0
    package var unclassified = 0
    package var stun = 0
    package var dtls = 0
    /// Datagrams that a TURN relay carried; their content is counted by itself too.
    package var relayed = 0
    /// Datagrams that only keep a binding open.
    package var keepAlives = 0

    package init() {}
}
