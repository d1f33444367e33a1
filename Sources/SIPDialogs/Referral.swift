package import Evidence
package import SIPSyntax

/// A request inside a call that its other party calls somebody else (RFC 3515): a transfer of a call without a recording session.
package struct Referral: Sendable {
    package let time: CaptureTime
    /// Where the request was seen first.
    package let path: NetworkPath
    /// Who asks.
    package let referrer: Side
    /// Whom to call, without headers of the URI.
    package let target: String
    /// Call-ID of the dialog that the new call takes the place of (RFC 3891), where the transfer was announced to its target.
    package let replaced: String?

    /// Referrals of one dialog that are followed.
    private static let limit = 64

    package static func all(in dialog: SIPDialog) -> [Referral] {
        var out: [Referral] = []
        for observed in dialog.requests("REFER") {
            guard out.count < limit, let text = observed.message.first("Refer-To"), let address = NameAddress(parsing: text) else { continue }
            let parts = address.uri.raw.split(separator: "?", maxSplits: 1)
            guard let target = parts.first else { continue }
            out.append(
                Referral(
                    time: observed.time, path: observed.path, referrer: observed.sender, target: String(target),
                    replaced: parts.count > 1 ? replaced(by: String(parts[1])) : nil))
        }
        return out
    }

    /// `Replaces=call-1%40host%3Bto-tag%3D…` as a header of a URI.
    private static func replaced(by headers: String) -> String? {
        for header in headers.split(separator: "&") where header.lowercased().hasPrefix("replaces=") {
            let value = unescaped(header.dropFirst(9))
            let id = value.prefix { $0 != ";" }
            return id.isEmpty ? nil : String(id)
        }
        return nil
    }

    private static func unescaped(_ text: Substring) -> String {
        var out: [UInt8] = []
        var units = Array(text.utf8)[...]
        while let unit = units.first {
            if unit == 0x25, units.count > 2, let octet = Hex.decode(String(decoding: units.dropFirst().prefix(2), as: UTF8.self))?.first {
                out.append(octet)
                units = units.dropFirst(3)
            } else {
                out.append(unit)
                units = units.dropFirst()
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    /// Who asked for a call, as its INVITE says (RFC 3892).
    package static func referrer(of dialog: SIPDialog) -> NameAddress? {
        guard let invite = dialog.messages.first(where: { $0.message.isRequest && $0.message.method == "INVITE" })?.message,
            let address = invite.first("Referred-By").flatMap({ NameAddress(parsing: $0) }), !address.uri.raw.isEmpty
        else { return nil }
        return address
    }
}
