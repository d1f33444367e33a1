import CaptureFormat
package import Evidence
package import NetworkLayers

/// Receives transport payloads, whole again where they were fragmented.
package protocol TransportVisitor {
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

/// From frame octets to transport payloads: link layer, IP, reassembly of fragments. Both passes decode by this same code.
package struct DatagramDecoder {
    private var fragments: FragmentAssembler
    package var findings: FindingLog
    /// Frames by what they held.
    package private(set) var counts = FrameCounts()
    private let since: CaptureTime
    private let until: CaptureTime

    package init(limits: Limits, since: CaptureTime?, until: CaptureTime?) {
        fragments = FragmentAssembler(limits: limits)
        findings = FindingLog()
        self.since = since ?? .distantPast
        self.until = until ?? .distantFuture
    }

    @inline(__always)
    mutating func decode(_ frame: CapturedFrame, _ bytes: RawSpan, capture: UInt32, _ visitor: inout some TransportVisitor) {
        counts.frames &+= 1
        if frame.time < since || frame.time >= until { return }
        switch FrameContent.decode(bytes, linkType: frame.linkType.value) {
        case .udp(let datagram):
            counts.udp &+= 1
            visitor.datagram(
                NetworkPath(source: datagram.source, destination: datagram.destination),
                bytes.extracting(datagram.payloadStart..<datagram.payloadStart + datagram.payloadCount), declared: datagram.declaredCount,
                time: frame.time, origin: Origin(capture: capture, frame: frame.number, offset: UInt32(truncatingIfNeeded: datagram.payloadStart)))
        case .tcp(let segment):
            counts.tcp &+= 1
            visitor.segment(
                segment, bytes, time: frame.time,
                origin: Origin(capture: capture, frame: frame.number))
        case .sctp(let packet):
            counts.other &+= 1
            visitor.sctp(packet, bytes, time: frame.time, origin: Origin(capture: capture, frame: frame.number))
        case .fragment(let fragment):
            counts.fragments &+= 1
            reassemble(fragment, frame, bytes, capture, &visitor)
        case .other(let other):
            unusual(other, frame, capture)
        }
    }

    @inline(never)
    private mutating func reassemble(
        _ fragment: IPFragment, _ frame: CapturedFrame, _ bytes: RawSpan, _ capture: UInt32, _ visitor: inout some TransportVisitor
    ) {
        let origin = Origin(capture: capture, frame: frame.number)
        guard let whole = fragments.add(fragment, of: bytes, origin: origin, time: frame.time, findings: &findings) else { return }
        let octets = unsafe whole.octets.span.bytes
        switch decodeTransport(of: whole) {
        case .udp(let datagram):
            visitor.datagram(
                NetworkPath(source: datagram.source, destination: datagram.destination),
                octets.extracting(datagram.payloadStart..<datagram.payloadStart + datagram.payloadCount), declared: datagram.declaredCount,
                time: whole.time, origin: whole.origins.origin(at: datagram.payloadStart))
        case .tcp(let segment): visitor.segment(segment, octets, time: whole.time, origin: whole.origins.origin(at: 0))
        case .sctp(let packet): visitor.sctp(packet, octets, time: whole.time, origin: whole.origins.origin(at: 0))
        case .fragment: break
        case .other(let other): unusual(other, frame, capture)
        }
    }

    @inline(never)
    private mutating func unusual(_ other: FrameOther, _ frame: CapturedFrame, _ capture: UInt32) {
        counts.other &+= 1
        let origin = Origin(capture: capture, frame: frame.number)
        switch other {
        case .unsupportedLink:
            findings.report(.net005, "link type \(frame.linkType.value) is not read; its packets are skipped", at: origin)
        case .truncated, .malformed:
            findings.report(.net006, "a network header is cut or malformed; the packet is skipped", at: origin)
        default: break
        }
    }

    /// Gives up what is still incomplete.
    package mutating func finish() { fragments.finish(findings: &findings) }
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
