/// G.711 mu-law (ITU-T G.711 table 2a/2b; RFC 3551 section 4.5.14).
enum MuLaw {
    /// 16-bit linear value of every code; 14-bit values of the recommendation shifted left by two.
    static let table: [Int16] = (0..<256).map { code in
        // All bits are sent inverted.
        let bits = ~code & 0xFF
        let segment = bits >> 4 & 7
        let magnitude = ((bits & 0x0F) << 3 + 0x84) << segment - 0x84
        return Int16(bits & 0x80 != 0 ? -magnitude : magnitude)
    }
}
