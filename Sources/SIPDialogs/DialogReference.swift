package import Evidence
import SIPSyntax

/// Another dialog that an INVITE names because it is to do something with it.
package struct DialogReference: Sendable, Equatable {
    /// What the new dialog is to the one it names.
    package enum Kind: String, Sendable {
        /// Takes its place (RFC 3891).
        case replaces = "Replaces"
        /// Joins it (RFC 3911).
        case join = "Join"
        /// Asks for rights that its parties have (RFC 4538).
        case target = "Target-Dialog"

        /// Parameters for the tags of who is sent the request, and of the other party of the named dialog.
        fileprivate var tags: (recipient: String, other: String) { self == .target ? ("remote-tag", "local-tag") : ("to-tag", "from-tag") }
    }

    package let kind: Kind
    package let callID: String
    /// Tag of the party of the named dialog that the request was sent to, and of the other one.
    package let recipientTag: String?
    package let otherTag: String?
    /// When the request was seen.
    package let time: CaptureTime

    /// INVITE requests of one dialog that are looked at: refused ones come again with credentials.
    private static let limit = 8

    /// What the initial INVITE of a dialog names, one of a kind.
    package static func all(in dialog: SIPDialog) -> [DialogReference] {
        var out: [DialogReference] = []
        let invites = dialog.messages.lazy.filter { $0.message.isRequest && $0.message.method == "INVITE" && $0.message.toTag == nil && !$0.isRetransmission }
        for observed in invites.prefix(limit) {
            for kind in [Kind.replaces, .join, .target] where !out.contains(where: { $0.kind == kind }) {
                guard let text = observed.message.first(kind.rawValue), let found = DialogReference(kind, text, time: observed.time) else { continue }
                out.append(found)
            }
        }
        return out
    }

    /// `callid *(SEMI parameter)`; the Call-ID may hold anything but a semicolon.
    init?(_ kind: Kind, _ text: String, time: CaptureTime) {
        var parts = text.split(separator: ";", omittingEmptySubsequences: false).map {
            $0.drop(while: Self.isSpace).reversed().drop(while: Self.isSpace).reversed()
        }
        guard let first = parts.first, !first.isEmpty else { return nil }
        parts.removeFirst()
        func value(_ name: String) -> String? {
            for part in parts {
                let text = String(part)
                guard let sign = text.firstIndex(of: "="), text[..<sign].filter({ !Self.isSpace($0) }).lowercased() == name else { continue }
                return String(text[text.index(after: sign)...].drop(while: Self.isSpace))
            }
            return nil
        }
        self.kind = kind
        callID = String(first)
        recipientTag = value(kind.tags.recipient)
        otherTag = value(kind.tags.other)
        self.time = time
    }

    private static func isSpace(_ character: Character) -> Bool { character == " " || character == "\t" }

    /// Whether the tags are those of the dialog, whichever party is which. A tag of 0 stands for none (RFC 3891 section 6.1).
    package func fits(_ dialog: SIPDialog) -> Bool {
        guard dialog.callID == callID else { return false }
        let own = [dialog.client.tag, dialog.server.tag].compactMap(\.self) + dialog.forks
        return [recipientTag, otherTag].compactMap(\.self).allSatisfy { $0 == "0" || own.contains($0) }
    }

    /// The party of the named dialog that the new one puts out: not the one that the request was sent to. Nil where the tags do not tell.
    package func displaced(in dialog: SIPDialog) -> Side? {
        guard kind == .replaces else { return nil }
        func side(_ tag: String?) -> Side? {
            guard let tag, tag != "0" else { return nil }
            if tag == dialog.client.tag { return .client }
            return tag == dialog.server.tag || dialog.forks.contains(tag) ? .server : nil
        }
        return side(otherTag) ?? side(recipientTag)?.opposite
    }
}
