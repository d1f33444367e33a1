package import Evidence

/// Octets of one direction of a TCP connection, in order.
package struct StreamChunk: Sendable, Equatable {
    package let path: NetworkPath
    /// One number for each direction of each connection; a port that is used again has another.
    package let connection: UInt64
    /// One number for both directions of a connection.
    package let pair: UInt64
    /// May be empty when `isEnd`.
    package let octets: [UInt8]
    /// One piece a segment.
    package let origins: OriginMap
    /// Octets that are missing before this chunk: 0 when it continues the one before.
    package let lostBefore: Int
    /// FIN or RST has been reached, the port pair is used by another connection, or the direction had to make room: nothing more comes on
    /// this connection and direction.
    package internal(set) var isEnd: Bool
    /// Octets that came after the caller had asked to `ignore` the direction; only in a chunk that ends it.
    package internal(set) var skipped = 0
}
