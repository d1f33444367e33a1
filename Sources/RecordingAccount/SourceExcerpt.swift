package import Evidence
import RecordingPlan
package import SIPDialogs
import SIPSyntax

/// The line of a SIP message that a finding points at, keys redacted.
package struct SourceExcerpt: Codable, Sendable, Equatable {
    /// One-based line of the message.
    package let line: Int
    /// One-based column, in octets, of the place.
    package let column: Int
    /// The line as it was sent, keys redacted; may hold any character.
    package let text: String
}

/// Finds messages by the frames that hold them.
package struct SourceExcerpts: Sendable {
    private struct Frame: Hashable {
        let capture: UInt32
        let frame: UInt32
    }

    private let dialogs: [SIPDialog]
    private var places: [Frame: [(dialog: Int, message: Int)]] = [:]

    package init(_ dialogs: [SIPDialog]) {
        self.dialogs = dialogs
        for (number, dialog) in dialogs.enumerated() {
            for (index, message) in dialog.messages.enumerated() {
                for piece in message.origins.pieces {
                    places[Frame(capture: piece.origin.capture, frame: piece.origin.frame), default: []].append((number, index))
                }
            }
        }
    }

    /// The line that holds this octet; nil where it is in no message.
    package func excerpt(at origin: Origin?) -> SourceExcerpt? {
        guard let origin, let found = places[Frame(capture: origin.capture, frame: origin.frame)] else { return nil }
        for place in found {
            let observed = dialogs[place.dialog].messages[place.message]
            let raw = observed.message.raw
            let pieces = observed.origins.pieces
            for (number, piece) in pieces.enumerated() where piece.origin.capture == origin.capture && piece.origin.frame == origin.frame {
                let end = number + 1 < pieces.count ? pieces[number + 1].start : raw.count
                guard origin.offset >= piece.origin.offset else { continue }
                let offset = piece.start + Int(origin.offset - piece.origin.offset)
                if offset < end, offset < raw.count { return Self.line(of: raw, at: offset) }
            }
        }
        return nil
    }

    static func line(of raw: [UInt8], at offset: Int) -> SourceExcerpt? {
        let before = raw[..<offset]
        let start = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        let number = before.reduce(0) { $0 + ($1 == 0x0A ? 1 : 0) }
        // Redaction keeps the ends of lines.
        let lines = SignallingText.redacted(raw).split(separator: 0x0A, omittingEmptySubsequences: false)
        guard number < lines.count else { return nil }
        var line = lines[number]
        if line.last == 0x0D { line.removeLast() }
        return SourceExcerpt(line: number + 1, column: min(offset - start, line.count) + 1, text: String(decoding: line, as: UTF8.self))
    }
}
