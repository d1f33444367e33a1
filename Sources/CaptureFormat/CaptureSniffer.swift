import Evidence

extension CaptureParser {
    /// The format that the first octets of a file announce; nil when it is not a capture. Twelve octets are enough.
    package static func sniff(_ head: RawSpan) -> Format? {
        guard head.byteCount >= 4 else { return nil }
        if PcapMagic.isKnown(head.be32(0)) || PcapMagic.isKnown(head.le32(0)) { return .pcap }
        if head.byteCount >= 8, head.array(0..<8) == SnoopFormat.magic { return .snoop }
        if SIPMessageLog.sniff(head) { return .sipMessageLog }
        guard head.be32(0) == 0x0A0D_0D0A else { return nil }
        // A file cut within its first block is still one of ours: the parser tells where it ends.
        guard head.byteCount >= 12 else { return .pcapng }
        return head.be32(8) == 0x1A2B_3C4D || head.le32(8) == 0x1A2B_3C4D ? .pcapng : nil
    }

    /// In a few words what a file that is not a capture seems to be: `a gzip file`, `text`, `an empty file`. Give some hundred octets.
    package static func describe(_ head: RawSpan) -> String {
        if head.byteCount == 0 { return "an empty file" }
        let octets = head.array(0..<min(head.byteCount, 512))
        for (magic, name) in signatures where octets.starts(with: magic) { return name }
        if octets.starts(with: Array("RIFF".utf8)), octets.count >= 12 {
            return Array(octets[8..<12]) == Array("WAVE".utf8) ? "a WAV audio file" : "a RIFF file"
        }
        if octets.count >= 262, Array(octets[257..<262]) == Array("ustar".utf8) { return "a tar archive" }
        return isText(octets) ? textKind(octets) : "data of unknown kind"
    }

    private static var signatures: [([UInt8], String)] {
        func text(_ magic: String, _ name: String) -> ([UInt8], String) { (Array(magic.utf8), name) }
        return [
            ([0x1F, 0x8B], "a gzip file"), ([0x28, 0xB5, 0x2F, 0xFD], "a Zstandard file"), ([0x04, 0x22, 0x4D, 0x18], "an LZ4 file"),
            ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], "an xz file"), text("BZh", "a bzip2 file"), ([0x50, 0x4B, 0x03, 0x04], "a zip archive"),
            ([0x37, 0x7A, 0xBC, 0xAF], "a 7-zip archive"), text("RF64", "an RF64 audio file"), text("fLaC", "a FLAC audio file"),
            text("OggS", "an Ogg file"), text("ID3", "an MP3 audio file"), text(".snd", "a Sun audio file"), text("caff", "a CAF audio file"),
            text("%PDF", "a PDF document"), ([0x7F, 0x45, 0x4C, 0x46], "an ELF program"), text("SQLite format 3", "an SQLite database"),
            text("RTSS", "a Network Monitor 1 capture, which siprecap does not read"),
            text("GMBU", "a Network Monitor 2 capture, which siprecap does not read"),
            text("XCP\u{0}", "a NetXray capture, which siprecap does not read"), text("#!rtpplay", "an rtpdump file, which siprecap does not read"),
        ]
    }

    private static func isText(_ octets: [UInt8]) -> Bool {
        !octets.contains { $0 < 0x20 && ![0x09, 0x0A, 0x0C, 0x0D, 0x1B].contains($0) || $0 == 0x7F }
    }

    private static func textKind(_ octets: [UInt8]) -> String {
        let first = octets.first { !$0.isBlank && $0 != 0x0A && $0 != 0x0D }
        if octets.starts(with: Array("<?xml".utf8)) { return "an XML document" }
        return first == 0x7B ? "text, perhaps JSON" : "text"
    }
}
