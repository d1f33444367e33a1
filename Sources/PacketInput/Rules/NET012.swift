package import Evidence

extension Rule {
    package static var net012: Rule {
        Rule(
            code: "NET012", title: "Packets encrypted by IPsec", severity: .warning,
            meaning: "The capture contains packets of the Encapsulating Security Payload (ESP): their content is encrypted between two gateways or hosts.",
            consequence: "Signalling and media on this path are not part of any recording, and a call may lack one of its sides.",
            cause: "The capture was made outside a VPN, or the phones use IPsec for SIP as mobile networks do.",
            action: "The packets are counted and skipped. NULL encryption, which looks no different, is not tried.",
            remedy: "Capture behind the gateway that decrypts, or on the host itself after decryption.",
            reference: "RFC 4303 section 2")
    }
}
