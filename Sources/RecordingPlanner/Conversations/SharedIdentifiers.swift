import CaptureSurvey
import Evidence
import RecordingMetadata
import RecordingPlan
import RecordingRecords
import SIPDialogs
import SIPSyntax

/// Identifiers that dialogs of one conversation have in common although their Call-IDs differ.
enum SharedIdentifiers {
    /// Header fields that name the Call-ID of the dialog on the other side of a back-to-back user agent.
    private static let references = ["X-CID", "X-Call-ID"]
    /// Header fields that carry a universal call identifier (UCID) of Avaya, also when others pass it on.
    private static let carriers = ["User-to-User", "X-UCID", "X-ISR-UCID", "Cisco-Gucid"]
    /// Elements of metadata extensions that do.
    private static let elements: Set<String> = ["ucid", "avayaucid"]

    /// Call-IDs of other dialogs that a dialog names.
    static func references(of dialog: SIPDialog) -> [String] {
        values(references, of: dialog).map { $0.trimmed }
    }

    /// The session identifier of both ends together (RFC 7989 section 5): on every hop of a call it is the same, and after a transfer another.
    static func sessionPairs(_ values: [String]) -> Set<String> {
        Set(
            values.compactMap { value in
                let halves = SessionIdentifier.halves(value)
                return halves.count == 2 && halves[0] != halves[1] ? halves.sorted().joined(separator: " ") : nil
            })
    }

    /// Universal call identifiers that the dialog's INVITE carries.
    static func universal(of dialog: SIPDialog) -> Set<String> { Set(values(carriers, of: dialog).compactMap(universal)) }

    /// Universal call identifiers that the metadata gives a communication session.
    static func universal(of session: SessionHistory, in timeline: MetadataTimeline?) -> Set<String> {
        let own = (timeline?.extensions ?? []).filter {
            $0.owner.kind == .session && $0.owner.id == session.id && elements.contains($0.value.name.lowercased())
        }
        return Set((own.map(\.value.value) + [session.id]).compactMap(universal))
    }

    /// `00FA08` and 16 hexadecimal digits, with or without the leading zeros; or the 20 decimal digits of node, sequence number and time. As
    /// hexadecimal digits of node, number and time; nil for anything else, which others put into the same fields.
    static func universal(_ text: String) -> String? {
        let value = text.utf8.prefix { $0 != 0x3B && $0 != 0x2C }.filter { !(0x09...0x0D).contains($0) && $0 != 0x20 }.map(\.asciiUppercased)
        for prefix in ["00FA08", "FA08"] where value.starts(with: prefix.utf8) {
            let rest = value.dropFirst(prefix.utf8.count)
            let isHex = rest.allSatisfy { $0.isASCIIDigit || 0x41...0x46 ~= $0 }
            return rest.count == 16 && isHex && rest.contains { $0 != 0x30 } ? String(decoding: rest, as: UTF8.self) : nil
        }
        guard value.count == 20, value.allSatisfy(\.isASCIIDigit) else { return nil }
        let text = String(decoding: value, as: UTF8.self)
        guard let node = UInt16(text.prefix(5)), let number = UInt16(text.dropFirst(5).prefix(5)), let time = UInt32(text.suffix(10)), time > 0 else {
            return nil
        }
        func digits(_ value: some BinaryInteger, _ width: Int) -> String {
            let text = String(value, radix: 16, uppercase: true)
            return String(repeating: "0", count: max(0, width - text.count)) + text
        }
        return digits(node, 4) + digits(number, 4) + digits(time, 8)
    }

    private static func values(_ names: [String], of dialog: SIPDialog) -> [String] {
        guard let invite = dialog.messages.first(where: { $0.message.isRequest && $0.message.method == "INVITE" })?.message else { return [] }
        return names.flatMap { invite.values(of: $0) }
    }
}

extension UInt8 {
    fileprivate var asciiUppercased: UInt8 { 0x61...0x7A ~= self ? self - 0x20 : self }
}

extension String {
    fileprivate var trimmed: String {
        let start = drop { $0 == " " || $0 == "\t" }
        return String(start.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
    }
}
