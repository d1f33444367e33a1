/// File names made from text that came from the wire: only `a` to `z`, digits and dashes, so that no name leaves its folder, hides,
/// means a device, or reads differently on another system.
package enum FileName {
    /// Characters that a name may have, without its suffix.
    package static let longest = 60

    /// The letters and digits of `text` in lower case, accents dropped, everything else one dash; `fallback` where too little is left.
    package static func sanitised(_ text: String, fallback: String = "participant") -> String {
        let name = plain(text)
        if !name.isEmpty { return name }
        let other = plain(fallback)
        return other.isEmpty ? "unnamed" : other
    }

    /// `folder` + sanitised `stem` + `suffix`, with `-2`, `-3` … where that path is in `taken` already.
    package static func unique(_ folder: String, _ stem: String, _ suffix: String, taken: [String]) -> String {
        let name = sanitised(stem)
        let used = Set(taken)
        var path = folder + name + suffix
        var number = 1
        while used.contains(path) {
            number += 1
            let tail = "-\(number)"
            path = folder + trimmed(String(name.prefix(longest - tail.count))) + tail + suffix
        }
        return path
    }

    private static func plain(_ text: String) -> String {
        var out = ""
        var lostLetters = 0
        for scalar in text.unicodeScalars {
            // All that is added is ASCII, where characters are octets; counting characters walks the text.
            if out.utf8.count > longest { break }
            switch scalar {
            case "a"..."z", "0"..."9": out.unicodeScalars.append(scalar)
            case "A"..."Z": out += String(scalar).lowercased()
            default:
                if let letters = latin[scalar] {
                    out += letters
                } else if scalar.properties.canonicalCombiningClass != .notReordered {
                    // The accent of a letter that came in two parts.
                    continue
                } else {
                    if scalar.properties.isAlphabetic { lostLetters += 1 }
                    if !out.isEmpty, !out.hasSuffix("-") { out += "-" }
                }
            }
        }
        out = trimmed(String(out.prefix(longest)))
        // What is left of a name in another script would mislead.
        if lostLetters > out.count { return "" }
        return isDevice(out) ? "name-" + out : out
    }

    private static func trimmed(_ text: String) -> String {
        var text = Substring(text)
        while text.hasPrefix("-") { text.removeFirst() }
        while text.hasSuffix("-") { text.removeLast() }
        return String(text)
    }

    /// Names that Windows keeps for devices, whatever the suffix.
    private static func isDevice(_ name: String) -> Bool {
        if ["con", "prn", "aux", "nul"].contains(name) { return true }
        return name.count == 4 && (name.hasPrefix("com") || name.hasPrefix("lpt")) && name.last?.isNumber == true
    }

    /// Latin letters outside ASCII that have a customary spelling.
    private static let latin: [Unicode.Scalar: String] = {
        let rows: [(String, String)] = [
            ("a", "àáâãäåāăąǎÀÁÂÃÄÅĀĂĄǍ"), ("ae", "æÆ"), ("c", "çćĉċčÇĆĈĊČ"), ("d", "ďđðĎĐÐ"), ("e", "èéêëēĕėęěÈÉÊËĒĔĖĘĚ"), ("g", "ĝğġģĜĞĠĢ"),
            ("h", "ĥħĤĦ"), ("i", "ìíîïĩīĭįıÌÍÎÏĨĪĬĮİ"), ("j", "ĵĴ"), ("k", "ķĶ"), ("l", "ĺļľŀłĹĻĽĿŁ"), ("n", "ñńņňŉÑŃŅŇ"), ("o", "òóôõöøōŏőǒÒÓÔÕÖØŌŎŐǑ"),
            ("oe", "œŒ"), ("r", "ŕŗřŔŖŘ"), ("s", "śŝşšșŚŜŞŠȘ"), ("ss", "ßẞ"), ("t", "ţťŧțŢŤŦȚ"), ("th", "þÞ"), ("u", "ùúûüũūŭůűųǔÙÚÛÜŨŪŬŮŰŲǓ"),
            ("w", "ŵŴ"), ("y", "ýÿŷÝŸŶ"), ("z", "źżžŹŻŽ"),
        ]
        var table: [Unicode.Scalar: String] = [:]
        for (letters, variants) in rows {
            for variant in variants.unicodeScalars { table[variant] = letters }
        }
        return table
    }()
}
