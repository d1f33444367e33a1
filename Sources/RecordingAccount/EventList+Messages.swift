import CaptureSurvey
import Evidence
import PacketInput
import RecordingPlan
import RecordingRecords
import SIPDialogs
import StreamMatching

/// Events that single messages of the dialogs tell. Each belongs to who sent it, and counts once, on however many hops it was captured.
extension EventList {
    /// Transfers of a call that one of its parties asked for.
    mutating func addReferrals() {
        let referrals = recording.dialogs.flatMap { dialog in Referral.all(in: survey.dialogs[dialog]).map { (dialog: dialog, referral: $0) } }
        var echoes = HopEchoes<String>()
        for (dialog, referral) in referrals.stablySorted(by: \.referral.time) {
            // A back-to-back user agent writes its own host into what it passes on.
            let target = ParticipantAddress.user(referral.target)
            guard echoes.isNew(target, by: referral.referrer, at: referral.time, on: .init(dialog: dialog, path: referral.path)) else { continue }
            let who = Self.party(referral.referrer)
            add(.transfer, at: referral.time, participants: [who], detail: ["from": who, "to": referral.target])
        }
    }

    /// Keys that INFO requests tell.
    mutating func addKeypad() {
        var keys: [(dialog: Int, request: ObservedMessage, key: KeypadMessages.Key)] = []
        for dialog in recording.dialogs {
            for request in survey.dialogs[dialog].requests("INFO") {
                if let key = KeypadMessages.key(of: request.message) { keys.append((dialog, request, key)) }
            }
        }
        var echoes = HopEchoes<String>()
        for (dialog, request, key) in keys.stablySorted(by: \.request.time) {
            guard echoes.isNew(key.digit, by: request.sender, at: request.time, on: .init(dialog: dialog, path: request.path)) else { continue }
            var detail = ["digit": isRedacted(.dtmf) ? "[redacted]" : key.digit, "source": "sip-info"]
            if let duration = key.duration { detail["duration"] = "\(Seconds(duration).value)" }
            add(.dtmf, at: request.time, participants: recording.kind == .call ? [Self.party(request.sender)] : [], detail: detail)
        }
    }

    /// What is said and wished of recording. What a call says of it goes for the recording session that delivers it.
    mutating func addConsent() {
        let dialogs = recording.dialogs + (recording.kind == .siprec ? recording.related.map(\.dialog) : [])
        let statements = dialogs.flatMap { dialog in ConsentEvents.statements(of: survey.dialogs[dialog]).map { (dialog: dialog, statement: $0) } }
        var echoes = HopEchoes<[String]>()
        for (dialog, statement) in statements.stablySorted(by: \.statement.time) {
            let content = [statement.attribute, statement.value]
            guard echoes.isNew(content, by: statement.side, at: statement.time, on: .init(dialog: dialog, path: nil)) else { continue }
            let who = recording.kind == .call ? [Self.party(statement.side)] : []
            add(statement.attribute == "record" ? Self.indication : Self.preference, at: statement.time, participants: who, detail: ["value": statement.value])
        }
    }

    /// Faxes, one for each line that carried any, whichever way: both machines send. Every hop of a call has it.
    mutating func addFaxes() {
        let faxes = recording.streams.compactMap { stream in stream.fax.map { (stream: stream, fax: $0) } }.stablySorted(by: \.fax.first)
        var known: [(from: CaptureTime, until: CaptureTime)] = []
        for (stream, fax) in faxes where !known.contains(where: { fax.first <= $0.until && $0.from <= fax.last }) {
            let line = faxes.filter { $0.stream.dialog == stream.dialog && $0.stream.negotiated?.mediaIndex == stream.negotiated?.mediaIndex }
            let last = line.map(\.fax.last).max() ?? fax.last
            known.append((fax.first, last))
            add(
                .fax, at: fax.first, participants: line.flatMap(\.stream.participants), stream: stream.id,
                detail: [
                    "datagrams": "\(line.reduce(0) { $0 + $1.fax.packets })", "duration": "\(Seconds(last.seconds(since: fax.first)).value)",
                    "transport": "udptl", "decoded": "no",
                ])
        }
    }

    private static func party(_ side: Side) -> String { side == .client ? "caller" : "callee" }

    private static let indication = EventRecord.Kind(rawValue: "recording-indication")
    private static let preference = EventRecord.Kind(rawValue: "recording-preference")
}

extension Array {
    /// By time; what has the same stays in order.
    fileprivate func stablySorted(by time: (Element) -> CaptureTime) -> [Element] {
        enumerated().sorted { (time($0.element), $0.offset) < (time($1.element), $1.offset) }.map(\.element)
    }
}
