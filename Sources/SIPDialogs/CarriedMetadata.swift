package import Evidence
package import SDPSyntax

/// One metadata body part as a message carried it (RFC 7866 section 9.1).
package struct CarriedMetadata: Sendable {
    /// The document: those octets of the message that hold it, and no copy, where no encoding had to be undone.
    let content: ArraySlice<UInt8>
    /// A copy of the document.
    package var octets: [UInt8] { Array(content) }
    /// Maps octets of the document to packets.
    package let origins: OriginMap
    package let time: CaptureTime
    package let sender: Side
    /// `INVITE`, `UPDATE`, `BYE`, `200 INVITE`, …
    package let carrier: String
    package let cseq: UInt32
    /// Lower-case media type of the part.
    package let contentType: String
    /// The `charset` of Content-Type, lower-case; nil where there is none.
    package let charset: String?
    package let disposition: String?
    /// False when the message that carried it ends before the part does.
    package let isComplete: Bool
    /// False when the request that carried it was finally refused.
    package internal(set) var isAccepted: Bool
    /// The session description in the same message, which labels refer to (RFC 7866 section 7.1.1); nil where there is none.
    package let description: SessionDescription?
    /// The negotiation that `description` belongs to.
    package internal(set) var negotiationIndex: Int?
}
