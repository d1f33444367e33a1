public import CaptureFormat
public import Evidence
public import NetworkLayers

/// From frame octets to transport payloads: link layer, IP, reassembly of fragments. Both passes decode by this same code.
@usableFromInline
package struct DatagramDecoder {
    private var fragments: FragmentAssembler
    package var findings: FindingLog
    /// Frames by what they held.
    @usableFromInline package internal(set) var counts = FrameCounts()
    @usableFromInline let nesting: Nesting
    /// Octets that a compressed payload may unpack to.
    private let unpackedLimit: Int
    @usableFromInline let since: CaptureTime
    @usableFromInline let until: CaptureTime
    private let filter: (any FrameFilter)?
    /// Looking at the filter itself copies it for every frame.
    @usableFromInline let hasFilter: Bool

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

    @inlinable @inline(__always)
    package mutating func decode(_ frame: CapturedFrame, _ bytes: RawSpan, capture: UInt32, _ visitor: inout some TransportVisitor) {
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
    @inlinable @inline(never)
    mutating func decodeOther(_ frame: CapturedFrame, _ bytes: RawSpan, _ capture: UInt32, _ visitor: inout some TransportVisitor) {
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

    @usableFromInline
    @inline(never)
    func isAccepted(_ frame: CapturedFrame, _ bytes: RawSpan) -> Bool {
        filter?.accepts(bytes, linkType: frame.linkType.value, originalLength: frame.originalLength) ?? true
    }

    /// A datagram that may be a tunnel; signalling passes here too, for its ports are among theirs.
    @inlinable @inline(never)
    mutating func tunnel(
        _ datagram: UDPDatagram, _ frame: CapturedFrame, _ bytes: RawSpan, _ capture: UInt32, _ visitor: inout some TransportVisitor
    ) {
        let content = UDPTunnel.decode(bytes, datagram, nesting)
        if case .udp = content { counts.udp &+= 1 }
        if case .tcp = content { counts.tcp &+= 1 }
        uncommon(content, bytes, FramePlace(frame, capture), &visitor)
    }

    /// What is neither UDP nor TCP at first sight, and everything within a reassembled datagram.
    @inlinable @inline(never)
    mutating func uncommon(_ content: FrameContent, _ bytes: RawSpan, _ place: FramePlace, _ visitor: inout some TransportVisitor) {
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
        case .fragment(let fragment):
            guard let whole = reassembled(fragment, bytes, place) else { return }
            uncommon(whole.content, unsafe whole.octets.span.bytes, whole.place, &visitor)
        case .message(let message) where message.isCompressed:
            guard let octets = unpacked(message, bytes) else { return unusual(.compressedMessage, place) }
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

    /// What a fragment completed, and where its octets came from.
    @usableFromInline
    mutating func reassembled(_ fragment: IPFragment, _ bytes: RawSpan, _ place: FramePlace) -> (octets: [UInt8], content: FrameContent, place: FramePlace)? {
        counts.fragments &+= 1
        // Fragments within a datagram that was itself in fragments: tunnels do that, but not without end.
        guard place.assemblies < Self.assemblyLimit else {
            unusual(.tooDeep, place)
            return nil
        }
        guard
            let whole = fragments.add(
                fragment, of: bytes, origin: place.start(seenFrom: fragment.payloadStart), time: place.time, findings: &findings)
        else { return nil }
        var inside = place
        inside.origins = whole.origins
        inside.time = whole.time
        inside.isCut = false
        inside.assemblies += 1
        return (whole.octets, decodeTransport(of: whole, nesting: nesting), inside)
    }

    @usableFromInline
    func unpacked(_ message: CapturedMessage, _ bytes: RawSpan) -> [UInt8]? { message.unpacked(bytes, limit: unpackedLimit) }

    @usableFromInline
    @inline(never)
    mutating func unusual(_ other: FrameOther, _ place: FramePlace) {
        counts.other &+= 1
        let origin = place.origins.origin(at: 0)
        switch other {
        case .unsupportedLink(let type):
            findings.report(.net005, "\(LinkType(type).name) is not supported; its packets are skipped", at: origin)
        // What the snap length cut is told once for each capture (CAP003).
        case .truncated where place.isCut: break
        case .truncated, .malformed:
            findings.report(.net006, "a network header is truncated or malformed; the packet is skipped", at: origin)
        case .tooDeep: findings.report(.net011, "too many nested link layers, tunnels or header extensions; the packet is skipped", at: origin)
        case .ipProtocol(50): findings.report(.net012, "packets are encrypted by IPsec (ESP)", at: origin)
        case .wirelessProtected: findings.report(.net013, "wireless frames are encrypted", at: origin)
        case .compressedMessage: findings.report(.net014, "the compressed payload of a HEP message cannot be decompressed; it is skipped", at: origin)
        case .notIP, .ipProtocol, .aggregate: break
        }
    }

    /// Gives up what is still incomplete.
    package mutating func finish() {
        fragments.finish(findings: &findings)
        for refusal in filter?.refusals ?? [] {
            findings.report(.cap014, "the filter does not compile for \(LinkType(refusal.linkType).name): \(refusal.reason)", at: nil)
        }
    }
}

/// Where octets that are being decoded came from.
@usableFromInline
struct FramePlace {
    @usableFromInline var origins: OriginMap
    @usableFromInline var time: CaptureTime
    /// The frame was captured in part.
    var isCut: Bool
    /// Reassembled datagrams around.
    @usableFromInline var assemblies = 0
    @usableFromInline let frame: UInt32
    @usableFromInline let interface: UInt32

    @usableFromInline
    init(_ frame: CapturedFrame, _ capture: UInt32) {
        origins = OriginMap(Origin(capture: capture, frame: frame.number), at: frame.time)
        time = frame.time
        isCut = frame.capturedLength < frame.originalLength
        self.frame = frame.number
        interface = frame.interface
    }

    /// The origin that the start of the octets would have, were they one frame with what lies at `offset`: who adds `offset` is right.
    @usableFromInline
    func start(seenFrom offset: Int) -> Origin {
        let origin = origins.origin(at: offset)
        return Origin(capture: origin.capture, frame: origin.frame, offset: origin.offset &- UInt32(truncatingIfNeeded: offset))
    }
}
