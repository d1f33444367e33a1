import Evidence

/// The iXML chunk (iXML specification 2.x; EBU Tech 3285 supplement 5 carries XML likewise): names in UTF-8, and times as the broadcast chunk has them.
package enum ProductionChunk {
    package static let identifier = "iXML"

    /// An even number of words long, so that nothing is added after the last tag.
    package static func octets(_ description: AudioDescription, sampleRate: Int, channels: Int) -> [UInt8] {
        let reference = description.timeReference(sampleRate: sampleRate)
        var lines = [
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>", "<BWFXML>", "<IXML_VERSION>1.61</IXML_VERSION>",
            element("PROJECT", description.originator), element("TAPE", description.originatorReference),
            element("NOTE", "\(description.description); first sample \(description.start.rfc3339Microseconds)"),
            "<SPEED>", element("FILE_SAMPLE_RATE", "\(sampleRate)"), element("DIGITIZER_SAMPLE_RATE", "\(sampleRate)"),
            element("TIMESTAMP_SAMPLE_RATE", "\(sampleRate)"), element("TIMESTAMP_SAMPLES_SINCE_MIDNIGHT_HI", "\(reference >> 32)"),
            element("TIMESTAMP_SAMPLES_SINCE_MIDNIGHT_LO", "\(reference & 0xFFFF_FFFF)"), "</SPEED>",
            "<TRACK_LIST>", element("TRACK_COUNT", "\(channels)"),
        ]
        for channel in 0..<channels {
            let name = channel < description.channelNames.count ? description.channelNames[channel] : description.description
            lines += [
                "<TRACK>", element("CHANNEL_INDEX", "\(channel + 1)"), element("INTERLEAVE_INDEX", "\(channel + 1)"), element("NAME", name), "</TRACK>",
            ]
        }
        lines += ["</TRACK_LIST>", "</BWFXML>"]
        var octets = Array((lines.joined(separator: "\n") + "\n").utf8)
        while octets.count % 4 != 0 { octets.append(0x0A) }
        return octets
    }

    private static func element(_ name: String, _ text: String) -> String {
        let isPlain = text.utf8.count <= 256 && text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F && $0 != 0x26 && $0 != 0x3C && $0 != 0x3E }
        if isPlain { return "<\(name)>\(text)</\(name)>" }
        var escaped = ""
        for scalar in text.printable.prefix(256).unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return "<\(name)>\(escaped)</\(name)>"
    }
}
