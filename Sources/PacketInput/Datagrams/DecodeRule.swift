package import Evidence
package import MediaCodecs

/// One `--decode-as`: what datagrams of a UDP port are, where content and signalling do not tell or tell it wrong.
package struct DecodeRule: Sendable, Equatable {
    package enum Kind: Sendable, Equatable {
        case sip
        case rtp
        /// RTP in which this payload type is this codec, whatever was negotiated.
        case codec(PayloadType, CodecDescription)
    }

    /// Source or destination.
    package let port: UInt16
    package let kind: Kind
    /// As it was written.
    package let text: String

    /// Why a rule could not be understood, with an example.
    package struct Fault: Error, Sendable, Equatable, CustomStringConvertible {
        package let description: String

        init(_ reason: String) { description = reason + "; for example udp.port==5004,rtp:96=OPUS/48000/2 or udp.port==5070,sip" }
    }

    /// `udp.port==N,rtp:PT=CODEC/RATE`, with `/CHANNELS` where it is not 1; `udp.port==N,rtp`; `udp.port==N,sip`.
    package init(parsing text: String) throws(Fault) {
        let halves = text.split(separator: ",", maxSplits: 1, omittingEmptySubsequences: false)
        let selector = halves[0].split(separator: "=", omittingEmptySubsequences: false)
        guard halves.count == 2, selector.count == 3, selector[0] == "udp.port", selector[1].isEmpty else {
            throw Fault("'\(text)' does not begin with udp.port==N and a comma")
        }
        guard let port = UInt16(selector[2]), port > 0 else { throw Fault("'\(selector[2])' is no UDP port from 1 to 65535") }
        self.port = port
        self.text = text
        switch halves[1] {
        case "sip": kind = .sip
        case "rtp": kind = .rtp
        default:
            guard halves[1].hasPrefix("rtp:") else { throw Fault("'\(halves[1])' is neither sip, rtp nor rtp:PT=CODEC/RATE") }
            kind = try Self.codec(halves[1].dropFirst(4))
        }
    }

    private static func codec(_ text: Substring) throws(Fault) -> Kind {
        let halves = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard halves.count == 2, let type = UInt8(halves[0]), type < 128 else { throw Fault("'\(text)' does not begin with a payload type from 0 to 127") }
        let parts = halves[1].split(separator: "/", omittingEmptySubsequences: false)
        guard (2...3).contains(parts.count), !parts[0].isEmpty, let hertz = Int(parts[1]), let rate = ClockRate(hertz) else {
            throw Fault("'\(halves[1])' is not CODEC/RATE with the RTP clock rate in hertz")
        }
        var channels = 1
        if parts.count == 3 {
            guard let number = Int(parts[2]), (1...8).contains(number) else { throw Fault("'\(parts[2])' is not a channel count from 1 to 8") }
            channels = number
        }
        let codec = CodecDescription(encoding: parts[0].uppercased(), clockRate: rate, channels: channels)
        guard codec.role != .audio || CodecRegistry.isSupported(codec) else { throw Fault("there is no decoder for '\(halves[1])'") }
        return .codec(PayloadType(type), codec)
    }
}

extension [DecodeRule] {
    /// Codecs forced upon a flow, by payload type; of several rules for one type the last counts.
    package func codecs(of path: NetworkPath) -> [PayloadType: CodecDescription] {
        var out: [PayloadType: CodecDescription] = [:]
        for rule in self where rule.port == path.source.port || rule.port == path.destination.port {
            if case .codec(let type, let codec) = rule.kind { out[type] = codec }
        }
        return out
    }
}
