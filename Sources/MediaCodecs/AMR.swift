import Evidence

/// AMR and AMR-WB (RFC 4867), bandwidth-efficient and octet-aligned.
///
///     bandwidth-efficient   CMR 4 bits, entries of F FT(4) Q, speech bits, all without gaps; zeros up to the octet
///     octet-aligned         CMR 4 bits and 4 of padding, an octet F FT(4) Q 00 for each frame, each frame from an octet on
///     interleaving          as octet-aligned, with an octet ILL(4) ILP(4) after the first
///     crc                   as octet-aligned, with an octet of checksum for each frame that has speech bits, before the speech
///     robust sorting        as octet-aligned, but the first octets of all frames come first, then all second ones, and so on
///
/// The last three are used only where the format parameters say so. Interleaved packets hold every few frames of a group, so that their sound is not
/// one piece: `separate` gives each frame as a payload of its own, and whoever knows of time puts them in order. It also takes out what a checksum
/// contradicts, where the checksums of the stream fit as a rule: a sender that reckons them otherwise costs no sound.
struct AMR: CodecFraming {
    let engine: LibraryCodec
    private let isAligned: Bool
    /// Frames come as in a file (RFC 4867 section 5.3): an octet of type and quality and the speech, and nothing before.
    private let isStored: Bool
    private let isInterleaved: Bool
    private let hasChecksums: Bool
    private let isSorted: Bool
    private let bits: [Int]
    private let samples: Int
    /// Frames whose checksum fitted, and whose did not.
    private var fitting = 0
    private var contradicted = 0

    /// Speech bits by frame type; the last one is the silence description. RFC 4867 table 1, 3GPP TS 26.201 table 2.
    private static let narrow = [95, 103, 118, 134, 148, 159, 204, 244, 39]
    private static let wide = [132, 177, 253, 285, 317, 365, 397, 461, 477, 40]
    /// Bits of class A, which checksums protect, by frame type; RFC 4867 tables 1 and 2.
    private static let narrowSensitive = [42, 49, 55, 58, 61, 75, 65, 81, 39]
    private static let wideSensitive = [54, 64, 72, 72, 72, 72, 72, 72, 72, 40]
    /// Frame types without octets: speech lost on the way (AMR-WB only), and nothing to send.
    private static let lost = 14
    private static let noData = 15

    /// Nil for a use that is not supported.
    init?(_ codec: CodecDescription, isWide: Bool) {
        let isOn = { (name: String) in codec.parameter(name).map { $0 != "0" } ?? false }
        guard codec.clockRate.hertz == (isWide ? 16_000 : 8000) else { return nil }
        isInterleaved = codec.parameter("interleaving") != nil
        hasChecksums = isOn("crc")
        isSorted = isOn("robust-sorting")
        // Each of the three is defined for the octet-aligned form alone, and implies it (RFC 4867 section 8.1).
        isAligned = codec.framing.map { $0 == .octetAligned } ?? (isOn("octet-align") || isInterleaved || hasChecksums || isSorted)
        isStored = codec.framing == .storage
        bits = isWide ? Self.wide : Self.narrow
        samples = isWide ? 320 : 160
        engine = LibraryCodec(name: isWide ? "amrwb" : "amrnb", sampleRate: codec.clockRate.hertz, delay: isWide ? 95 : 40)
    }

    func divide(_ payload: RawSpan, into frames: inout CodedFrames) -> Bool {
        if isStored { return divideStored(payload, into: &frames) }
        if isInterleaved || hasChecksums || isSorted { return divideSpecial(payload, into: &frames) }
        // The length that the entries add up to leaves little doubt, so a wrong description, or none, costs no sound.
        for aligned in [isAligned, !isAligned] {
            guard let types = contents(payload, aligned: aligned) else { continue }
            fill(payload, types, from: aligned ? 8 + 8 * types.count : 4 + 6 * types.count, aligned: aligned, into: &frames)
            return true
        }
        return false
    }

    mutating func divide(beginning payload: RawSpan, into frames: inout CodedFrames) -> (octets: Int, samples: Int)? {
        guard !isStored, !isInterleaved, !hasChecksums, !isSorted, let (types, speech) = entries(payload, aligned: isAligned) else { return nil }
        var bit = speech
        var there = 0
        for (type, _) in types {
            let count = size(type) ?? 0
            guard bit + count <= 8 * payload.byteCount else { break }
            bit += isAligned ? (count + 7) / 8 * 8 : count
            there += 1
        }
        guard there > 0 else { return (payload.byteCount, types.count * samples) }
        fill(payload, Array(types[..<there]), from: speech, aligned: isAligned, into: &frames)
        return (payload.byteCount, types.count * samples)
    }

    private func divideStored(_ payload: RawSpan, into frames: inout CodedFrames) -> Bool {
        guard let parts = storedFrames(payload) else { return false }
        for part in parts {
            if part.type < bits.count - 1 { frames.append(payload, part.range, samples: samples) } else { frames.appendSilence(samples: samples) }
        }
        return true
    }

    /// The frames of a payload that is made as a file is, each with the octet of its type; nil where it is not one whole frame behind the other.
    private func storedFrames(_ payload: RawSpan) -> [(type: Int, range: Range<Int>)]? {
        var out: [(Int, Range<Int>)] = []
        var offset = 0
        while offset < payload.byteCount {
            let entry = payload.u8(offset)
            let type = Int(entry >> 3 & 15)
            // A frame that its sender calls damaged is not one that anybody stores.
            guard entry & 0x83 == 0, let size = size(type), size == 0 || entry & 4 != 0 else { return nil }
            let end = offset + 1 + (size + 7) / 8
            guard end <= payload.byteCount else { return nil }
            out.append((type, offset..<end))
            offset = end
        }
        return out
    }

    /// Which forms the payload's length allows.
    func forms(of payload: RawSpan) -> Set<PayloadFraming> {
        var out: Set<PayloadFraming> = []
        if contents(payload, aligned: false) != nil { out.insert(.bandwidthEfficient) }
        if contents(payload, aligned: true) != nil { out.insert(.octetAligned) }
        if payload.byteCount > 0, storedFrames(payload) != nil { out.insert(.storage) }
        return out
    }

    /// The form that the description asks for; nil for those that have one of their own.
    var namedForm: PayloadFraming? {
        if isInterleaved || hasChecksums || isSorted { return nil }
        return isStored ? .storage : isAligned ? .octetAligned : .bandwidthEfficient
    }

    /// A frame of the octet-aligned form.
    private struct Frame {
        let type: Int
        let quality: UInt8
        let speech: [UInt8]
        /// The checksum does not fit the speech.
        let isDamaged: Bool

        /// As in a file (RFC 4867 section 5.3): one octet of type and quality.
        var entry: UInt8 { UInt8(type) << 3 | quality << 2 }
    }

    /// The octet-aligned form with what the format parameters add to it; a frame behind the other, so nothing of a group.
    private func divideSpecial(_ payload: RawSpan, into frames: inout CodedFrames) -> Bool {
        guard let parts = specialFrames(payload), parts.count == 1 || group(payload).length == 1 else { return false }
        for part in parts {
            if part.type < bits.count - 1 { frames.append([part.entry] + part.speech, samples: samples) } else { frames.appendSilence(samples: samples) }
        }
        return true
    }

    /// Packets of the group that an interleaved packet belongs to, and its place among them; 1 and 0 where nothing is interleaved.
    private func group(_ payload: RawSpan) -> (length: Int, index: Int) {
        guard isInterleaved, payload.byteCount > 1 else { return (1, 0) }
        return (Int(payload.u8(1) >> 4) + 1, Int(payload.u8(1) & 15))
    }

    mutating func separate(_ payload: RawSpan) -> SeparatedFrames? {
        guard isInterleaved || hasChecksums, let parts = specialFrames(payload), parts.count <= SeparatedFrames.most else { return nil }
        let (length, index) = group(payload)
        guard index < length else { return nil }
        if hasChecksums {
            for part in parts where !part.speech.isEmpty {
                if part.isDamaged { contradicted += 1 } else { fitting += 1 }
            }
        }
        let isBelieved = fitting > contradicted
        let head: [UInt8] = isInterleaved ? [0xF0, 0] : [0xF0]
        let payloads = parts.map { part -> [UInt8] in
            guard !part.isDamaged || !isBelieved else { return [] }
            let speech = part.speech
            let told = hasChecksums && !speech.isEmpty ? unsafe [checksum(speech.span.bytes, type: part.type)] : []
            return head + [part.entry] + told + speech
        }
        return SeparatedFrames(groupLength: length, index: index, step: samples, payloads: payloads)
    }

    private func specialFrames(_ payload: RawSpan) -> [Frame]? {
        var offset = isInterleaved ? 2 : 1
        var types: [(type: Int, quality: UInt8)] = []
        var more = true
        while more {
            guard offset < payload.byteCount else { return nil }
            let entry = payload.u8(offset)
            offset += 1
            more = entry & 0x80 != 0
            guard size(Int(entry >> 3 & 15)) != nil else { return nil }
            types.append((Int(entry >> 3 & 15), entry >> 2 & 1))
        }
        let lengths = types.map { ((size($0.type) ?? 0) + 7) / 8 }
        var told = offset
        if hasChecksums { offset += lengths.count { $0 > 0 } }
        guard offset + lengths.reduce(0, +) == payload.byteCount else { return nil }
        var speech = [[UInt8]](repeating: [], count: types.count)
        if isSorted {
            for round in 0..<(lengths.max() ?? 0) {
                for index in types.indices where round < lengths[index] {
                    speech[index].append(payload.u8(offset))
                    offset += 1
                }
            }
        } else {
            for index in types.indices {
                speech[index] = payload.array(offset..<offset + lengths[index])
                offset += lengths[index]
            }
        }
        return types.indices.map { index in
            var isDamaged = false
            if hasChecksums, lengths[index] > 0 {
                let octets = speech[index]
                isDamaged = unsafe payload.u8(told) != checksum(octets.span.bytes, type: types[index].type)
                told += 1
            }
            return Frame(type: types[index].type, quality: types[index].quality, speech: speech[index], isDamaged: isDamaged)
        }
    }

    /// The checksum of a frame's most sensitive bits, which come first (RFC 4867 section 4.4.2.1): C(x) = 1 + x^2 + x^3 + x^4 + x^8.
    private func checksum(_ speech: RawSpan, type: Int) -> UInt8 {
        let count = (samples == 320 ? Self.wideSensitive : Self.narrowSensitive)[type]
        var register: UInt8 = 0
        for bit in 0..<count {
            let isOdd = (register ^ UInt8(speech.bits(at: bit, count: 1))) & 1 == 1
            register = register >> 1 ^ (isOdd ? 0b1011_1000 : 0)
        }
        return register
    }

    /// Type and quality bit of every frame; nil when the payload's length is not what they need.
    private func contents(_ payload: RawSpan, aligned: Bool) -> [(type: Int, quality: UInt8)]? {
        guard let (types, speech) = entries(payload, aligned: aligned) else { return nil }
        var bit = speech
        for (type, _) in types {
            let count = size(type) ?? 0
            bit += aligned ? (count + 7) / 8 * 8 : count
        }
        return (bit + 7) / 8 == payload.byteCount ? types : nil
    }

    /// Type and quality bit of every frame, and the bit at which the speech begins; nil when the payload is shorter than they are.
    private func entries(_ payload: RawSpan, aligned: Bool) -> (types: [(type: Int, quality: UInt8)], speech: Int)? {
        let end = 8 * payload.byteCount
        let width = aligned ? 8 : 6
        var out: [(Int, UInt8)] = []
        var bit = aligned ? 8 : 4
        var more = true
        while more {
            guard bit + width <= end else { return nil }
            let entry = payload.bits(at: bit, count: 6)
            bit += width
            more = entry & 0x20 != 0
            let type = Int(entry >> 1 & 15)
            guard size(type) != nil else { return nil }
            out.append((type, UInt8(entry & 1)))
        }
        return (out, bit)
    }

    private func size(_ type: Int) -> Int? {
        if type < bits.count { return bits[type] }
        return type == Self.noData || type == Self.lost && samples == 320 ? 0 : nil
    }

    private func fill(_ payload: RawSpan, _ types: [(type: Int, quality: UInt8)], from speech: Int, aligned: Bool, into frames: inout CodedFrames) {
        var bit = speech
        for (type, quality) in types {
            let count = size(type) ?? 0
            if type < bits.count - 1 {
                // As in a file (RFC 4867 section 5.3): one octet of type and quality, then the speech.
                frames.append(payload, head: UInt8(type) << 3 | quality << 2, bit: bit, bitCount: count, samples: samples)
            } else {
                frames.appendSilence(samples: samples)
            }
            bit += aligned ? (count + 7) / 8 * 8 : count
        }
    }
}
