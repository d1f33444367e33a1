package import Evidence

extension Rule {
    package static var tls008: Rule {
        Rule(
            code: "TLS008", title: "TLS version or suite is not supported", severity: .warning,
            meaning: "The handshake chose a version or cipher suite that siprecap or the installed libcrypto cannot open.",
            consequence: "The connection stays closed, whatever keys are given.",
            cause: "SSL 3.0, an export or national suite, or a libcrypto built without the cipher.",
            action: "The connection is named and skipped.",
            remedy: "Let client and server use a suite of TLS 1.2 or 1.3.",
            reference: "RFC 8446 appendix B.4")
    }
}
