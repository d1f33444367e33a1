package import Evidence

/// A complaint about a capture file itself. The offset is one of the file, so it may pass 4 GiB.
package struct CaptureRemark: Sendable, Equatable {
    package let rule: Rule
    /// Octets from the start of the (uncompressed) file.
    package let fileOffset: UInt64
    /// The last frame read before; 0 before the first.
    package let frame: UInt32
    package let message: String

    package init(_ rule: Rule, fileOffset: UInt64, frame: UInt32, _ message: String) {
        self.rule = rule
        self.fileOffset = fileOffset
        self.frame = frame
        self.message = message
    }
}
