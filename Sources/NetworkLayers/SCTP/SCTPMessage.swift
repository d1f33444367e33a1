package import Evidence

/// One user message of an SCTP association (RFC 9260 section 1.5.3), whole.
package struct SCTPMessage: Sendable, Equatable {
    /// Of the packet that completed it.
    package let path: NetworkPath
    package let stream: UInt16
    /// What the upper layer said it is; not relied upon.
    package let payloadProtocol: UInt32
    package let octets: [UInt8]
    package let origins: OriginMap
    /// Of the packet that completed it.
    package let time: CaptureTime
}
