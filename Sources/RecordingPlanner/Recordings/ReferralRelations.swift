import CaptureSurvey
import Evidence
import RecordingPlan
import RecordingRecords
import SIPDialogs

/// Calls that one party of another call asked for (RFC 3515).
enum ReferralRelations {
    /// A call that a referral brought about begins within this many seconds of it.
    private static let limitSeconds = 64.0
    /// Referrals of one capture that are followed; more are only hostile.
    private static let referralLimit = 4096

    /// Each call stays a recording of its own and lists the other.
    static func relate(_ recordings: inout [PlannedRecording], in survey: Survey) {
        let places = RelatedDialog.places(ofCalls: recordings)
        let callers = places.keys.sorted()
        let referrals = callers.flatMap { dialog in Referral.all(in: survey.dialogs[dialog]).map { (dialog, $0) } }.prefix(referralLimit)
        guard !referrals.isEmpty else { return }
        var byTarget: [String: [Int]] = [:]
        var byCallID: [String: Int] = [:]
        for dialog in callers {
            byCallID[survey.dialogs[dialog].callID] = dialog
            for address in [survey.dialogs[dialog].server.uri, survey.dialogs[dialog].server.target].compactMap(\.self) {
                let key = ParticipantAddress.comparable(address)
                if byTarget[key, default: []].last != dialog { byTarget[key, default: []].append(dialog) }
            }
        }
        for (origin, referral) in referrals {
            if let replaced = referral.replaced.flatMap({ byCallID[$0] }) {
                RelatedDialog.relate(
                    &recordings, origin, replaced, places, "its REFER to \(referral.target) replaces this call", "its REFER replaces this call")
            }
            for dialog in byTarget[ParticipantAddress.comparable(referral.target)] ?? [] where dialog != origin {
                let delay = survey.dialogs[dialog].start.seconds(since: referral.time)
                guard delay >= 0, delay <= limitSeconds else { continue }
                RelatedDialog.relate(&recordings, origin, dialog, places, "called after its REFER to \(referral.target)", "its REFER asked for this call")
            }
        }
    }
}
