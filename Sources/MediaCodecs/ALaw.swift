/// G.711 A-law (ITU-T G.711 table 1a/1b; RFC 3551 section 4.5.14).
enum ALaw {
    /// 16-bit linear value of every code; 13-bit values of the recommendation shifted left by three.
    static let table: [Int16] = (0..<256).map { code in
        // Even bits are sent inverted.
        let bits = code ^ 0x55
        let segment = bits >> 4 & 7
        let step = (bits & 0x0F) << 4
        let magnitude = segment == 0 ? step + 8 : (step + 0x108) << (segment - 1)
        return Int16(bits & 0x80 != 0 ? magnitude : -magnitude)
    }
}
