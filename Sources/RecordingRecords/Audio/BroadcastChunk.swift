/// The broadcast chunk, version 1 (EBU Tech 3285 section 2.3): 602 octets and the coding history.
///
/// Made here and not by libsndfile, which writes version 2 with loudness values that nobody measured, and adds to the history that G.711 kept
/// as it came was PCM of 12 bits.
///
///     description 256   originator 32   reference 32   date 10   time 8   time reference 64 bits   version 16 bits   UMID 64   reserved 190
package enum BroadcastChunk {
    package static let identifier = "bext"

    /// ASCII only, as the chunk has no encoding.
    static func ascii(_ text: String, _ most: Int) -> [UInt8] {
        var out: [UInt8] = []
        for scalar in text.unicodeScalars where out.count < most {
            out.append(scalar.isASCII && scalar.value >= 0x20 && scalar.value < 0x7F ? UInt8(scalar.value) : 0x3F)
        }
        return out
    }

    /// `last` is what this file itself is, as a line of the history; nil where nothing was coded anew.
    package static func octets(_ description: AudioDescription, sampleRate: Int, last: String?) -> [UInt8] {
        var out: [UInt8] = []
        func field(_ text: String, _ length: Int) -> [UInt8] {
            let octets = ascii(text, length)
            return octets + [UInt8](repeating: 0, count: length - octets.count)
        }
        out += field(description.description, 256)
        out += field(description.originator, 32)
        out += field(description.originatorReference, 32)
        out += field(description.originationDate, 10)
        out += field(description.originationTime, 8)
        out.append(little: description.timeReference(sampleRate: sampleRate), count: 8)
        out.append(little: 1, count: 2)
        // No UMID.
        out += [UInt8](repeating: 0, count: 64 + 190)
        for line in description.codingHistory.prefix(100) + (last.map { [$0] } ?? []) { out += ascii(line, 120) + [0x0D, 0x0A] }
        // The library counts in whole words.
        while out.count % 4 != 0 { out.append(0) }
        return out
    }
}
