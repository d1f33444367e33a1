/// What became of one TLS connection.
package struct TLSSummary: Sendable {
    /// Version and suite of the last handshake, for people.
    package let label: String
    /// Of the first ClientHello; nil when the capture does not hold it.
    package let clientRandom: [UInt8]?
    /// Side of the client, where the handshake tells.
    package let clientSide: TLSSide?
    /// Handshakes seen in clear or opened.
    package let handshakes: Int
    /// Secrets that opened records, in order of use.
    package let sources: [TLSSecretSource]
    /// Octets of application data given out.
    package let openedOctets: Int
    /// Octets of records that stayed closed.
    package let unopenedOctets: Int
    /// The first that kept octets closed.
    package let fault: TLSFault?
}
