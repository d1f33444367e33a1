import TestSupport

/// A permutation of IPv4 addresses that keeps the length of each text, so that no length inside a message changes.
struct AddressRenaming: Sendable {
    private(set) var names: [[UInt8]: [UInt8]] = [:]

    /// New names for all IPv4 addresses that are ends of packets, none given twice.
    init(_ capture: Capture, _ random: inout SeededRandom) {
        var taken: Set<[UInt8]> = []
        for frame in capture.frames {
            guard let packet = Packet(frame.octets, linkType: capture.linkType), !packet.isIPv6 else { continue }
            for address in [packet.source.address, packet.destination.address] where names[address] == nil {
                var name: [UInt8]
                repeat { name = Self.alike(address, &random) } while taken.contains(name)
                taken.insert(name)
                names[address] = name
            }
        }
    }

    init(_ names: [[UInt8]: [UInt8]]) { self.names = names }

    /// An address with as many digits in each place.
    private static func alike(_ address: [UInt8], _ random: inout SeededRandom) -> [UInt8] {
        address.enumerated().map { place, octet in
            switch octet {
            case 0..<10: UInt8.random(in: place == 0 ? 1...9 : 0...9, using: &random)
            case 10..<100: UInt8.random(in: 10...99, using: &random)
            default: place == 0 ? [172, 192, 198, 203, 185, 217][Int.random(in: 0..<6, using: &random)] : UInt8.random(in: 100...254, using: &random)
            }
        }
    }

    /// In headers and in all texts, signalling as well as metadata.
    func applied(to capture: Capture) -> Capture {
        Capture(linkType: capture.linkType, frames: capture.frames.map { renamed($0, capture.linkType) })
    }

    private func renamed(_ frame: Frame, _ linkType: UInt32) -> Frame {
        guard let packet = Packet(frame.octets, linkType: linkType), !packet.isIPv6 else { return frame }
        var changed = frame.octets
        changed.replaceSubrange((packet.network + 12)..<(packet.network + 16), with: names[packet.source.address] ?? packet.source.address)
        changed.replaceSubrange((packet.network + 16)..<(packet.network + 20), with: names[packet.destination.address] ?? packet.destination.address)
        let start = packet.payload.lowerBound
        // Media has no addresses; a text may continue in the next segment or fragment.
        if packet.isFragment || packet.proto == 6 || (packet.payload.count > 12 && changed[start] >> 6 == 1) {
            changed.replaceSubrange(packet.payload, with: rewritten(changed[packet.payload]))
        }
        return Frame(time: frame.time, octets: changed, original: frame.original).withChecksums(packet.network)
    }

    /// Texts get the names, whatever their length, in datagrams of SIP; packets get those of `packets`: a NAT without help for SIP.
    func inTexts(_ capture: Capture, packets: [[UInt8]: [UInt8]]) -> Capture {
        Capture(
            linkType: capture.linkType,
            frames: capture.frames.map { frame in
                guard let packet = Packet(frame.octets, linkType: capture.linkType), !packet.isIPv6 else { return frame }
                var changed = frame
                if packet.proto == 17, !packet.isFragment, packet.payload.count > 12, frame.octets[packet.payload.lowerBound] >> 6 == 1 {
                    let text = applied(to: String(decoding: frame.octets[packet.payload], as: UTF8.self))
                    changed = frame.replacingPayload(packet, with: SIPText.withLength(Array(text.utf8)))
                }
                for (at, end) in [(12, packet.source), (16, packet.destination)] {
                    if let name = packets[end.address] { changed.octets.replaceSubrange((packet.network + at)..<(packet.network + at + 4), with: name) }
                }
                return changed.withChecksums(packet.network)
            })
    }

    /// In texts; in the names of files addresses have dashes.
    func applied(to text: String) -> String {
        let text = names.reduce(text) { text, name in
            let (old, new) = (name.key.map(String.init).joined(separator: "-"), name.value.map(String.init).joined(separator: "-"))
            return text.replacing("audio/\(old)-", with: "audio/\u{1}\(new)-")
        }
        return String(decoding: rewritten(ArraySlice(text.replacing("\u{1}", with: "").utf8)), as: UTF8.self)
    }

    private func rewritten(_ text: ArraySlice<UInt8>) -> [UInt8] {
        func isPart(_ octet: UInt8) -> Bool { octet == 0x2E || (0x30...0x39).contains(octet) }
        var out: [UInt8] = []
        out.reserveCapacity(text.count)
        var at = text.startIndex
        while at < text.endIndex {
            guard isPart(text[at]) else {
                out.append(text[at])
                at += 1
                continue
            }
            let end = text[at...].firstIndex { !isPart($0) } ?? text.endIndex
            let parts = text[at..<end].split(separator: 0x2E, omittingEmptySubsequences: false).map { UInt8(String(decoding: $0, as: UTF8.self)) }
            if parts.count == 4, let name = names[parts.compactMap(\.self)] {
                out += Array(name.map(String.init).joined(separator: ".").utf8)
            } else {
                out += text[at..<end]
            }
            at = end
        }
        return out
    }
}

extension Outcome {
    /// The same with texts rewritten.
    func rewriting(_ rewrite: (String) -> String) -> Outcome {
        Outcome(
            recordings: recordings.map { recording in
                Recording(
                    facts: Dictionary(recording.facts.map { (rewrite($0.key), rewrite($0.value)) }) { first, _ in first },
                    tracks: Dictionary(recording.tracks.map { (rewrite($0.key), $0.value) }) { first, _ in first }, streams: recording.streams,
                    key: rewrite(recording.key))
            })
    }
}

/// A permutation of SSRCs; each new one has as many decimal digits as the old one, for a=ssrc (RFC 5576).
struct SSRCRenaming: Sendable {
    private(set) var names: [Int: Int] = [:]

    init(_ capture: Capture, _ random: inout SeededRandom) {
        var taken: Set<Int> = []
        for frame in capture.frames {
            let flow: MediaFlow
            switch frame.media(capture.linkType)?.media {
            case .rtp(let found), .rtcp(let found): flow = found
            case nil: continue
            }
            guard names[flow.ssrc] == nil else { continue }
            var power = 1
            while power * 10 <= flow.ssrc { power *= 10 }
            var name: Int
            repeat { name = Int.random(in: (power == 1 ? 0 : power)...min(power * 10 - 1, 0xFFFF_FFFF), using: &random) } while taken.contains(name)
            taken.insert(name)
            names[flow.ssrc] = name
        }
    }

    func applied(to capture: Capture) -> Capture {
        Capture(linkType: capture.linkType, frames: capture.frames.map { renamed($0, capture.linkType) })
    }

    private func renamed(_ frame: Frame, _ linkType: UInt32) -> Frame {
        guard let packet = Packet(frame.octets, linkType: linkType) else { return frame }
        var changed = frame.octets
        func rename(_ at: Int, _ end: Int) {
            if at + 4 <= end, let name = names[changed.be32(at)] { changed.put32(name, at: at) }
        }
        let end = packet.payload.upperBound
        switch frame.media(linkType)?.media {
        case .rtp:
            let start = packet.payload.lowerBound
            for place in 0...Int(changed[start] & 15) { rename(start + 8 + 4 * place, end) }
        case .rtcp:
            // Each packet of the compound: its sender, then whom it speaks of.
            var at = packet.payload.lowerBound
            while at + 4 <= end {
                let (count, type) = (Int(changed[at] & 31), changed[at + 1])
                let next = min(at + 4 + 4 * changed.be16(at + 2), end)
                switch type {
                case 200, 201:
                    rename(at + 4, next)
                    for block in 0..<count { rename(at + (type == 200 ? 28 : 8) + 24 * block, next) }
                case 202:
                    var chunk = at + 4
                    for _ in 0..<count {
                        rename(chunk, next)
                        chunk += 4
                        while chunk + 1 < next, changed[chunk] != 0 { chunk += 2 + Int(changed[chunk + 1]) }
                        chunk = at + (chunk - at) / 4 * 4 + 4
                    }
                case 203: for place in 0..<count { rename(at + 4 + 4 * place, next) }
                default:
                    rename(at + 4, next)
                    if type == 205 || type == 206 { rename(at + 8, next) }
                }
                at = next
            }
        default:
            NumberNames.replace(after: Array("a=ssrc:".utf8), by: names, in: &changed, packet.payload)
        }
        return Frame(time: frame.time, octets: changed, original: frame.original).withChecksums(packet.network)
    }

    /// In events, and in the names of files.
    func applied(to text: String) -> String {
        names.reduce(text) { $0.replacing("0x" + hex($1.key), with: "\u{1}" + hex($1.value)) }.replacing("\u{1}", with: "0x")
    }

    private func hex(_ value: Int) -> String {
        let text = String(value, radix: 16)
        return String(repeating: "0", count: 8 - text.count) + text
    }
}
