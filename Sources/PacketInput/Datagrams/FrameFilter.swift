/// Decides which frames are looked at: `--filter`. The layers above compile it; a frame that does not pass is counted and nothing more.
package protocol FrameFilter: Sendable {
    /// As the user wrote it.
    var expression: String { get }
    /// `linkType` is the LINKTYPE_ number; `originalLength` the octets on the wire.
    func accepts(_ bytes: RawSpan, linkType: UInt32, originalLength: Int) -> Bool
    /// Link types that were met and that the expression does not fit, with the compiler's words; by link type.
    var refusals: [(linkType: UInt32, reason: String)] { get }
}
