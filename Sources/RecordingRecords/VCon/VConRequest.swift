package import Evidence

/// Whether a recording gets a `vcon.json`, and what it says of the files beside it.
package enum VConContent: String, Sendable, CaseIterable {
    /// No vCon.
    case none
    /// Files are named, with their hashes.
    case file
    /// The content of the files stands in it.
    case inline
}

/// What the user wants of a vCon.
package struct VConRequest: Sendable, Equatable {
    package var content: VConContent
    /// `created_at`. Nil takes the end of the recording, so that the same input gives the same octets.
    package var createdAt: CaptureTime?

    package init(content: VConContent = .none, createdAt: CaptureTime? = nil) {
        self.content = content
        self.createdAt = createdAt
    }
}

/// A hash function; nil where the library that has it refuses.
package typealias Digest = @Sendable ([UInt8]) -> [UInt8]?
