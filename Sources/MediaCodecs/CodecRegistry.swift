/// The codecs there are. A codec is one file and one case here.
package enum CodecRegistry {
    /// Encodings that can be decoded, upper case, sorted.
    package static let names = ["L16", "OPUS", "PCMA", "PCMU"]

    /// More channels than RFC 3551 section 4.1 names an order for; above it a number from the wire is not believed.
    static let maximumChannels = 16

    /// A fresh decoder; nil when the encoding, or this use of it, is not supported.
    package static func makeDecoder(for codec: CodecDescription) -> (any AudioDecoder)? {
        guard isSupported(codec) else { return nil }
        switch codec.encoding {
        case "PCMU": return CompandedDecoder(table: MuLaw.table, codec: codec)
        case "PCMA": return CompandedDecoder(table: ALaw.table, codec: codec)
        case "L16": return LinearDecoder(codec: codec)
        case "OPUS": return OpusDecoderAdapter(codec: codec)
        default: return nil
        }
    }

    /// Whether `makeDecoder` has something for this.
    package static func isSupported(_ codec: CodecDescription) -> Bool {
        guard names.contains(codec.encoding) else { return false }
        return codec.encoding == "OPUS" || codec.channels <= maximumChannels
    }
}
