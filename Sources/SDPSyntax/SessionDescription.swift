package import Evidence

/// A session description (RFC 8866), read leniently: every line is kept, what cannot be read is remarked upon.
package struct SessionDescription: Sendable {
    /// What was read, behind one reference: a description is part of the negotiation, of the metadata beside it, and of much that looks at it.
    private final class Reading: Sendable {
        let draft: SessionDraft
        let media: [MediaDescription]
        let remarks: [Remark]

        init(_ draft: SessionDraft, media: [MediaDescription], remarks: [Remark]) {
            self.draft = draft
            self.media = media
            self.remarks = remarks
        }
    }

    private let reading: Reading

    package var origin: SDPOrigin? { reading.draft.origin.flatMap { SDPOrigin(SDPText.text(reading.draft.text[$0])) } }
    /// `s=`.
    package var name: String? { reading.draft.name.map { SDPText.text(reading.draft.text[$0]) } }
    /// Session-level `c=`.
    package var connection: ConnectionData? { reading.draft.connection }
    /// Session-level attributes in order.
    package var attributes: SDPAttributes { reading.draft.attributes }
    package var media: [MediaDescription] { reading.media }
    package var remarks: [Remark] { reading.remarks }
    /// The session-level direction attribute; nil without one.
    package var direction: MediaDirection? { reading.draft.direction }

    /// Every line that was read, but empty ones.
    package var lines: [SDPLine] {
        let text = reading.draft.text
        return DescriptionLines(text).prefix(SessionDraft.lineLimit).map { range in
            let letter = DescriptionLines.letter(text[range])
            return SDPLine(
                type: letter ?? 0, value: SDPText.text(letter == nil ? text[range] : text[range].dropFirst(2)), offset: range.lowerBound - text.startIndex)
        }
    }

    /// Nil only when no line looks like `v=`, `o=` or `m=`. Line ends may be CRLF or LF.
    package init?(parsing octets: [UInt8]) { self.init(parsing: octets[...]) }

    /// The same for a part of a message, whose octets are referred to and not copied.
    package init?(parsing octets: ArraySlice<UInt8>) {
        var draft = SessionDraft(octets)
        guard draft.read() else { return nil }
        var remarks = draft.remarks
        let media = draft.takeMedia(&remarks)
        reading = Reading(draft, media: media, remarks: remarks)
    }
}

/// Keys must not reach a log by way of a mirror.
extension SessionDescription: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { lines.map(\.description).joined(separator: "\n") }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: ["lines": lines]) }
}

extension SessionDescription {
    /// What `a=group` lines say of media lines that belong together, in order (RFC 5888 section 5).
    package var mediaGroups: [MediaGroup] {
        attributes.named("group").prefix(Self.groupLimit).compactMap { MediaGroup($0.value ?? "") }
    }

    private static let groupLimit = 256

    /// The line whose address a line of a bundle has (RFC 9143 section 7.2): the first of its `a=group:BUNDLE`; nil outside any.
    package func bundleHead(of media: MediaDescription) -> MediaDescription? {
        guard let mid = media.mid else { return nil }
        for attribute in attributes.named("group").prefix(Self.groupLimit) {
            let fields = SDPText.fields(attribute.value ?? "")
            guard fields.count > 1, fields[0].uppercased() == "BUNDLE", fields.dropFirst().contains(mid) else { continue }
            return self.media.first { $0.mid == fields[1] && $0.port != 0 }
        }
        return nil
    }

    /// The direction of a media line with the session's default applied.
    package func direction(of media: MediaDescription) -> MediaDirection { media.direction(sessionDefault: direction) }

    /// The connection data of a media line: its own, else the session's.
    package func connection(of media: MediaDescription) -> ConnectionData? { media.connection ?? connection }

    /// Whether a media line is on hold the old way: address 0.0.0.0 or :: (RFC 2543 appendix B.5), and no ICE candidate to replace it.
    package func isHeldByAddress(_ media: MediaDescription) -> Bool {
        !media.hasAttribute("candidate") && connection(of: media)?.address?.isUnspecified ?? false
    }
}
