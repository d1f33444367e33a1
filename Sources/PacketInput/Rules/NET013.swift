package import Evidence

extension Rule {
    package static var net013: Rule {
        Rule(
            code: "NET013", title: "Encrypted Wi-Fi frames", severity: .warning,
            meaning: "The capture contains wireless data frames as sent over the air, encrypted between station and access point.",
            consequence: "None of their content is part of any recording.",
            cause: "The capture was made in monitor mode in a network that uses WPA or WEP.",
            action: "The frames are counted and skipped.",
            remedy: "Capture on the wired side of the access point, or decrypt the capture with the network's key first, for example with airdecap-ng.",
            reference: "IEEE Std 802.11 section 12.5")
    }
}
