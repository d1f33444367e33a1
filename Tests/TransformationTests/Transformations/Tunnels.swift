import TestSupport

extension Capture {
    /// All IP packets in another link layer or tunnel; frames without IPv4 are left out.
    func wrapped(linkType new: UInt32, _ wrap: (_ packet: [UInt8], _ frame: Frame) -> [UInt8]?) -> Capture {
        Capture(
            linkType: new,
            frames: frames.compactMap { frame in
                guard let packet = Packet(frame.octets, linkType: linkType), !packet.isIPv6 else { return nil }
                let octets = wrap(Array(frame.octets[packet.network..<min(packet.payload.upperBound, frame.octets.count)]), frame)
                return octets.map { Frame(time: frame.time, octets: $0) }
            })
    }

    var hasOnlyIPv4: Bool { frames.allSatisfy { Packet($0.octets, linkType: linkType).map { !$0.isIPv6 } ?? true } }
    var hasFragments: Bool { frames.contains { Packet($0.octets, linkType: linkType)?.isFragment ?? false } }
    var hasOnlyUDP: Bool { frames.allSatisfy { Packet($0.octets, linkType: linkType).map { $0.proto == 17 && $0.payload.count > 0 } ?? true } }
    /// Whether no packet was cut, by its frame or by what IP says.
    var isWhole: Bool {
        frames.allSatisfy { frame in
            guard let packet = Packet(frame.octets, linkType: linkType) else { return frame.octets.count >= frame.original }
            return frame.octets.count >= max(frame.original, packet.declaredEnd)
        }
    }

    /// Whether a text occurs in a frame.
    func contains(_ text: String) -> Bool {
        let words = Array(text.utf8)
        return frames.contains { frame in
            frame.octets.indices.contains { at in
                frame.octets[at] == words[0] && at + words.count <= frame.octets.count && frame.octets[at..<(at + words.count)].elementsEqual(words)
            }
        }
    }
}
