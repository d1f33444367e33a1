import Evidence

/// GSM enhanced full rate (RFC 3551 section 4.5.9): 244 bits for 20 ms behind the signature 1100.
///
/// Its speech is that of AMR at 12.2 kbit/s (3GPP TS 26.071 section 4), which libavcodec decodes; only the order of the bits differs. RTP sends them
/// as the encoder gives them (ETSI EN 300 726 table 6), AMR by their importance (3GPP TS 26.101 table B.8).
struct GSMEFR: CodecFraming {
    private static let octets = 31
    private static let samples = 160
    /// Bits of the signature before the first of the speech.
    private static let signatureBits = 4

    let engine = LibraryCodec(name: "amrnb", sampleRate: 8000)

    func divide(_ payload: RawSpan, into frames: inout CodedFrames) -> Bool {
        guard payload.byteCount % Self.octets == 0 else { return false }
        for start in stride(from: 0, to: payload.byteCount, by: Self.octets) {
            guard payload.u8(start) >> 4 == 0xC else { return false }
            let frame = payload.extracting(start..<start + Self.octets)
            if Self.isSilence(frame) { frames.appendSilence(samples: Self.samples) } else { frames.append(Self.sorted(frame), samples: Self.samples) }
        }
        return true
    }

    mutating func divide(beginning payload: RawSpan, into frames: inout CodedFrames) -> (octets: Int, samples: Int)? {
        divide(beginning: payload, inFramesOf: Self.octets, into: &frames)
    }

    /// The frame as in a file of AMR (RFC 4867 section 5.3): type 7, good quality, then the speech in its order.
    private static func sorted(_ frame: RawSpan) -> [UInt8] {
        var out = [UInt8](repeating: 0, count: 1 + octets)
        out[0] = 7 << 3 | 1 << 2
        for (place, source) in order.enumerated() where frame.bits(at: signatureBits + Int(source), count: 1) == 1 {
            out[1 + place / 8] |= 0x80 >> UInt8(place % 8)
        }
        return out
    }

    /// Whether the frame is a silence description: 95 bits of 1s (ETSI EN 300 728 section 5.3), of which up to 15 may be wrong (EN 300 729 section 6.1.1).
    private static func isSilence(_ frame: RawSpan) -> Bool {
        var wrong = 0
        for (index, mask) in silenceWord.enumerated() { wrong += (~frame.u8(index) & mask).nonzeroBitCount }
        return wrong < 16
    }

    /// The silence code word's bits, in the octets of a frame with its signature.
    private static let silenceWord: [UInt8] = [
        0, 0, 0, 0, 0, 0, 0x6F, 0xFF, 0xFF, 0x80, 0, 0, 0x3B, 0xFF, 0xFF, 0xE0,
        0, 0, 0, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0xFF, 0xFC, 0xFF, 0xC0, 0, 0,
    ]

    /// 3GPP TS 26.101 table B.8: for each bit of an AMR frame of 12.2 kbit/s, which of the encoder's 244 bits it is.
    private static let order: [UInt8] = [
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 23, 15, 16, 17, 18,
        19, 20, 21, 22, 24, 25, 26, 27, 28, 38, 141, 39, 142, 40, 143, 41, 144, 42, 145, 43,
        146, 44, 147, 45, 148, 46, 149, 47, 97, 150, 200, 48, 98, 151, 201, 49, 99, 152, 202, 86,
        136, 189, 239, 87, 137, 190, 240, 88, 138, 191, 241, 91, 194, 92, 195, 93, 196, 94, 197, 95,
        198, 29, 30, 31, 32, 33, 34, 35, 50, 100, 153, 203, 89, 139, 192, 242, 51, 101, 154, 204,
        55, 105, 158, 208, 90, 140, 193, 243, 59, 109, 162, 212, 63, 113, 166, 216, 67, 117, 170, 220,
        36, 37, 54, 53, 52, 58, 57, 56, 62, 61, 60, 66, 65, 64, 70, 69, 68, 104, 103, 102,
        108, 107, 106, 112, 111, 110, 116, 115, 114, 120, 119, 118, 157, 156, 155, 161, 160, 159, 165, 164,
        163, 169, 168, 167, 173, 172, 171, 207, 206, 205, 211, 210, 209, 215, 214, 213, 219, 218, 217, 223,
        222, 221, 73, 72, 71, 76, 75, 74, 79, 78, 77, 82, 81, 80, 85, 84, 83, 123, 122, 121,
        126, 125, 124, 129, 128, 127, 132, 131, 130, 135, 134, 133, 176, 175, 174, 179, 178, 177, 182, 181,
        180, 185, 184, 183, 188, 187, 186, 226, 225, 224, 229, 228, 227, 232, 231, 230, 235, 234, 233, 238,
        237, 236, 96, 199,
    ]
}
