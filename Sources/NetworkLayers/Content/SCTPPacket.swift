public import Evidence

/// An SCTP packet (RFC 9260 section 3): where its chunks lie.
@frozen
@usableFromInline
package struct SCTPPacket: Sendable, Equatable {
    @usableFromInline package let source: Endpoint
    @usableFromInline package let destination: Endpoint
    /// Tells the association at the receiver; 0 with INIT.
    @usableFromInline package let verificationTag: UInt32
    /// Octets from the start of the frame to the first chunk.
    @usableFromInline package let chunksStart: Int
    /// Octets of chunks that were captured.
    @usableFromInline package let chunksCount: Int

    @inlinable package var path: NetworkPath { NetworkPath(source: source, destination: destination) }

    @inlinable
    package init(source: Endpoint, destination: Endpoint, verificationTag: UInt32, chunksStart: Int, chunksCount: Int) {
        self.source = source
        self.destination = destination
        self.verificationTag = verificationTag
        self.chunksStart = chunksStart
        self.chunksCount = chunksCount
    }
}
