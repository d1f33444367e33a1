import Evidence

/// How a file is compressed, as its first octets tell: names and their endings do not count.
enum CompressionFormat: CaseIterable {
    case gzip, zstandard, lz4, xz

    /// Octets of a beginning that are enough to know.
    static let headOctets = 4096

    /// For people.
    var name: String {
        switch self {
        case .gzip: "gzip"
        case .zstandard: "Zstandard"
        case .lz4: "LZ4"
        case .xz: "xz"
        }
    }

    /// RFC 1952 section 2.3.1 with the only method there is; RFC 8878 section 3.1.1; LZ4 frame format; .xz file format section 2.1.1.1.
    var magic: [UInt8] {
        switch self {
        case .gzip: [0x1F, 0x8B, 0x08]
        case .zstandard: [0x28, 0xB5, 0x2F, 0xFD]
        case .lz4: [0x04, 0x22, 0x4D, 0x18]
        case .xz: [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]
        }
    }

    /// Zstandard and LZ4 share frames that hold no content (RFC 8878 section 3.1.2), and parallel compressors begin with one.
    private var hasSkippableFrames: Bool { self == .zstandard || self == .lz4 }

    /// Nil where the octets are not compressed, or in a way that siprecap does not read.
    init?(head: ArraySlice<UInt8>) {
        var start = head.startIndex
        while let length = Self.skippableLength(head[start...]) {
            guard length < head.endIndex - start else { return nil }
            start += length
        }
        let known = Self.allCases.first { head[start...].starts(with: $0.magic) }
        guard let known, start == head.startIndex || known.hasSkippableFrames else { return nil }
        self = known
    }

    /// What `octets` can be where one member has ended and another may begin. Give eight octets where there are as many.
    enum Continuation { case member, cutMember, padding, foreign }

    func continuation(_ octets: ArraySlice<UInt8>) -> Continuation {
        if octets.first == 0 { return .padding }
        if octets.starts(with: magic) || hasSkippableFrames && Self.skippableLength(octets) != nil { return .member }
        return octets.count < magic.count && magic.starts(with: octets) ? .cutMember : .foreign
    }

    /// Octets of the frame without content that begins here.
    private static func skippableLength(_ octets: ArraySlice<UInt8>) -> Int? {
        guard octets.count >= 8 else { return nil }
        let at = octets.startIndex
        guard octets[at] & 0xF0 == 0x50, octets[(at + 1)..<(at + 4)] == [0x2A, 0x4D, 0x18] else { return nil }
        return 8 + (0..<4).reduce(0) { $0 | Int(octets[at + 4 + $1]) << (8 * $1) }
    }

    /// A new decompressor; nil where the library cannot get its memory.
    func decompressor() -> (any Decompressor)? {
        switch self {
        case .gzip: GzipDecompressor()
        case .zstandard: ZstandardDecompressor()
        case .lz4: LZ4Decompressor()
        case .xz: XZDecompressor()
        }
    }
}
