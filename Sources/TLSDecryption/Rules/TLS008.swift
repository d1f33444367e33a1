package import Evidence

extension Rule {
    package static var tls008: Rule {
        Rule(
            code: "TLS008", title: "Unsupported TLS version or cipher suite", severity: .warning,
            meaning: "The handshake selected a version or cipher suite that siprecap or the installed libcrypto cannot decrypt.",
            consequence: "The connection stays encrypted, whatever keys are supplied.",
            cause: "SSL 3.0, an export or national suite, or a libcrypto built without the cipher.",
            action: "The connection is reported and skipped.",
            remedy: "Make client and server use a suite of TLS 1.2 or 1.3.",
            reference: "RFC 8446 appendix B.4")
    }
}
