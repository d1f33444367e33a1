import Evidence
import SDPSyntax
import SIPDialogs
import StreamMatching

/// What the descriptions of a dialog say of recording: the indication of who records (`a=record`) and the wish of who is recorded
/// (`a=recordpref`), each time that it changes (RFC 7866 sections 7.1.2 and 7.3.2).
enum ConsentEvents {
    struct Statement: Equatable {
        let time: CaptureTime
        let side: Side
        /// `record` or `recordpref`.
        let attribute: String
        let value: String
    }

    /// Statements kept for one dialog.
    private static let limit = 1000

    static func statements(of dialog: SIPDialog) -> [Statement] {
        var out: [Statement] = []
        var known: [String: String] = [:]
        func add(_ description: SessionDescription?, _ side: Side, _ time: CaptureTime?) {
            guard let description, let time else { return }
            for attribute in ["record", "recordpref"] {
                let values = description.media.map { $0.attribute(attribute) ?? description.attributes.first { $0.name == attribute }?.trimmedValue }
                // A medium's own word goes before the session's; media that differ are told together.
                let value = values.enumerated().filter { values.firstIndex(of: $0.element) == $0.offset }.compactMap(\.element).joined(separator: ", ")
                let key = side.rawValue + " " + attribute
                guard !value.isEmpty, known[key] != value, out.count < limit else { continue }
                known[key] = value
                out.append(Statement(time: time, side: side, attribute: attribute, value: value))
            }
        }
        for negotiation in dialog.negotiations {
            add(negotiation.offer, negotiation.offerer, negotiation.offerTime)
            add(negotiation.answer, negotiation.offerer.other, negotiation.answerTime)
        }
        return out
    }
}
