package import Evidence
import PacketInput
package import RTPSyntax
import RecordingPlan
import RecordingRecords

/// What RTP headers say of who is heard, beside the payload: the keying of radios (ED-137), audio levels (RFC 6464, RFC 6465) and
/// contributing sources (RFC 3550). It holds for streams that cannot be opened, too.
package struct HeaderEvidence: Sendable {
    /// A span that the headers tell, without its sender.
    package struct Span: Sendable, Equatable {
        package internal(set) var from: CaptureTime
        package internal(set) var until: CaptureTime
    }

    /// One keying of a transmitter, or one time that a receiver's squelch was open.
    package struct Transmission: Sendable, Equatable {
        package enum Kind: Sendable, Equatable {
            case pushToTalk(RadioExtension.PushToTalk)
            case squelch
        }

        package let kind: Kind
        package let identifier: UInt8
        package internal(set) var span: Span
    }

    /// Somebody who is heard in the stream.
    package struct Source: Sendable, Equatable {
        package enum Basis: String, Sendable {
            /// The sender states its own level.
            case clientLevel = "client-level"
            /// The mixer states the level of each contributor.
            case contributorLevel = "contributor-level"
            /// The mixer lists who contributed, and no more.
            case contributor
        }

        package let ssrc: SSRC
        package let basis: Basis
        package internal(set) var packets = 0
        package internal(set) var talk: [Span] = []
    }

    /// Pauses between words do not end a span, seconds.
    private static let patience = 0.3
    /// Sources and spans kept for one flow.
    private static let sourceLimit = 64
    private static let spanLimit = 5000

    private let identifiers: LevelIdentifiers
    private(set) var transmissions: [Transmission] = []
    private(set) var sources: [Source] = []
    /// Indices of the transmissions that go on.
    private var keyed: Int?
    private var received: Int?

    init(_ identifiers: LevelIdentifiers) { self.identifiers = identifiers }

    mutating func add(_ arrived: ArrivedPacket) {
        let (packet, header, time) = (arrived.octets, arrived.header, arrived.time)
        if let radio = RadioExtension(header, in: packet) {
            keyed = go(on: keyed, radio.pushToTalk == .off ? nil : .pushToTalk(radio.pushToTalk), radio.identifier, time)
            received = go(on: received, radio.isSquelchOpen ? .squelch : nil, radio.identifier, time)
        }
        if let id = identifiers.client, let level = header.clientLevel(id, in: packet) {
            note(header.ssrc, .clientLevel, level.isTalk, time)
        }
        guard header.csrcCount > 0 else { return }
        let levels = identifiers.contributors.map { header.contributorLevels($0, in: packet) } ?? []
        for (ssrc, level) in levels { note(ssrc, .contributorLevel, level.isTalk, time) }
        if levels.isEmpty { for ssrc in header.csrcs(in: packet) { note(ssrc, .contributor, true, time) } }
    }

    private mutating func go(on index: Int?, _ kind: Transmission.Kind?, _ identifier: UInt8, _ time: CaptureTime) -> Int? {
        // What ends, ends with the packet that no longer says so.
        if let index { transmissions[index].span.until = max(transmissions[index].span.until, time) }
        guard let kind else { return nil }
        if let index, transmissions[index].kind == kind, transmissions[index].identifier == identifier { return index }
        guard transmissions.count < Self.spanLimit else { return nil }
        transmissions.append(Transmission(kind: kind, identifier: identifier, span: Span(from: time, until: time)))
        return transmissions.count - 1
    }

    private mutating func note(_ ssrc: SSRC, _ basis: Source.Basis, _ isTalk: Bool, _ time: CaptureTime) {
        var place = sources.firstIndex { $0.ssrc == ssrc && $0.basis == basis }
        if place == nil, sources.count < Self.sourceLimit {
            place = sources.count
            sources.append(Source(ssrc: ssrc, basis: basis))
        }
        guard let place else { return }
        sources[place].packets += 1
        guard isTalk else { return }
        if let last = sources[place].talk.indices.last, time.seconds(since: sources[place].talk[last].until) <= Self.patience {
            sources[place].talk[last].until = max(sources[place].talk[last].until, time)
        } else if sources[place].talk.count < Self.spanLimit {
            sources[place].talk.append(Span(from: time, until: time))
        }
    }
}
