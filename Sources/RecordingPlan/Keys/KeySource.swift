import CaptureSurvey
package import Evidence
package import TLSDecryption

/// Where a key comes from.
package enum KeySource: Sendable, Hashable {
    /// The offer or answer of the stream itself.
    case sdp
    /// Signalling of another dialog, by its Call-ID.
    case dialog(String)
    /// A DTLS-SRTP handshake on the flow's path, opened by the secret that was read there.
    case dtls(TLSSecretSource)
    /// A key file, by name and line.
    case file(String, Int)

    /// `keySource` of the sidecar.
    package var word: String {
        switch self {
        case .sdp, .dialog: "sdp"
        case .dtls: "dtls"
        case .file: "file"
        }
    }

    package var isDTLS: Bool { if case .dtls = self { true } else { false } }

    /// For reasons and findings.
    package var words: String {
        switch self {
        case .sdp: "the stream's own signalling"
        case .dialog(let callID): "the dialog \(callID.printable)"
        case .dtls(let source): "the DTLS handshake on its path, decrypted with \(source.description.printable),"
        case .file(let name, let line): "\(name.printable) line \(line)"
        }
    }
}

/// Which part of a flow is not encrypted although keys, or a key agreement, belong to it.
package enum ClearPhase: Sendable, Equatable {
    /// None: all of it is encrypted.
    case none
    /// Until the first packet authenticates.
    case untilFirstOpened
    /// Until the key agreement was confirmed.
    case until(CaptureTime)
}
