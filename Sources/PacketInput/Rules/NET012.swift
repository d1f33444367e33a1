package import Evidence

extension Rule {
    package static var net012: Rule {
        Rule(
            code: "NET012", title: "Packets encrypted by IPsec", severity: .warning,
            meaning: "Packets of the Encapsulating Security Payload are in the capture: what they carry is encrypted between two gateways or hosts.",
            consequence: "Signalling and media that took this way are not part of any recording, and a call may lack one of its sides.",
            cause: "The capture was made outside of a virtual private network, or the phones use IPsec as mobile networks do for SIP.",
            action: "The packets are counted and passed over. They are not tried for NULL encryption, which looks no different.",
            remedy: "Capture behind the gateway that decrypts, or on the host itself after decryption.",
            reference: "RFC 4303 section 2")
    }
}
