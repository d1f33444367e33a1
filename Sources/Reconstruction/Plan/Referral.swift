import CaptureSurvey
import Evidence
import PacketInput
import RecordingRecords
import SIPDialogs
import SIPSyntax

/// A request inside a call that its other party calls somebody else (RFC 3515): a transfer of a call without a recording session.
struct Referral {
    let time: CaptureTime
    /// Who asks.
    let referrer: Side
    /// Whom to call, without headers of the URI.
    let target: String
    /// Call-ID of the dialog that the new call takes the place of (RFC 3891), where the transfer was announced to its target.
    let replaced: String?

    /// Referrals of one dialog that are followed.
    private static let limit = 64

    static func all(in dialog: SIPDialog) -> [Referral] {
        var out: [Referral] = []
        for observed in dialog.messages where observed.message.isRequest && observed.message.method == "REFER" && !observed.isRetransmission {
            guard out.count < limit, let text = observed.message.first("Refer-To"), let address = NameAddress(parsing: text) else { continue }
            let parts = address.uri.raw.split(separator: "?", maxSplits: 1)
            guard let target = parts.first else { continue }
            let isClient = observed.message.fromTag.map { $0 == dialog.client.tag } ?? (observed.path.source == dialog.client.endpoint)
            out.append(
                Referral(
                    time: observed.time, referrer: isClient ? .client : .server, target: String(target),
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
    static func referrer(of dialog: SIPDialog) -> PlannedIdentity? {
        guard let invite = dialog.messages.first(where: { $0.message.isRequest && $0.message.method == "INVITE" })?.message,
            let address = invite.first("Referred-By").flatMap({ NameAddress(parsing: $0) }), !address.uri.raw.isEmpty
        else { return nil }
        return PlannedIdentity(uri: address.uri.raw, name: address.displayName, source: "Referred-By")
    }
}

extension Planner {
    /// A call that a referral brought about begins within this many seconds of it.
    private static let referralTime = 64.0
    /// Referrals of one capture that are followed; more are only hostile.
    private static let mostReferrals = 4096

    /// Calls that one party of another call asked for: each stays a recording of its own and lists the other.
    mutating func relateReferrals() {
        guard options.rule != .dialog else { return }
        var places: [Int: Int] = [:]
        for (place, recording) in plan.recordings.enumerated() where recording.kind == .call {
            for dialog in recording.dialogs { places[dialog] = place }
        }
        let callers = places.keys.sorted()
        let referrals = callers.flatMap { dialog in Referral.all(in: survey.dialogs[dialog]).map { (dialog, $0) } }.prefix(Self.mostReferrals)
        guard !referrals.isEmpty else { return }
        var byTarget: [String: [Int]] = [:]
        var byCallID: [String: Int] = [:]
        for dialog in callers {
            byCallID[survey.dialogs[dialog].callID] = dialog
            for address in [survey.dialogs[dialog].server.uri, survey.dialogs[dialog].server.target].compactMap(\.self) {
                let key = Self.comparable(address)
                if byTarget[key, default: []].last != dialog { byTarget[key, default: []].append(dialog) }
            }
        }
        for (origin, referral) in referrals {
            if let replaced = referral.replaced.flatMap({ byCallID[$0] }) {
                relate(origin, replaced, places, "its REFER to \(referral.target) replaces this call", "its REFER replaces this call")
            }
            for dialog in byTarget[Self.comparable(referral.target)] ?? [] where dialog != origin {
                let delay = survey.dialogs[dialog].start.seconds(since: referral.time)
                guard delay >= 0, delay <= Self.referralTime else { continue }
                relate(origin, dialog, places, "called after its REFER to \(referral.target)", "its REFER asked for this call")
            }
        }
    }

    private mutating func relate(_ left: Int, _ right: Int, _ places: [Int: Int], _ forward: String, _ back: String) {
        guard let one = places[left], let other = places[right], one != other else { return }
        for (place, dialog, reason) in [(one, right, forward), (other, left, back)] {
            guard !plan.recordings[place].related.contains(where: { $0.dialog == dialog }) else { continue }
            plan.recordings[place].related.append(RelatedDialog(dialog: dialog, reasons: [reason]))
        }
    }
}
