import CaptureSurvey
import Evidence
import RecordingPlan
import RecordingRecords
import SIPDialogs

/// Calls that name each other. They are related, not one: what names another call says nothing of the media.
enum DialogRelations {
    /// Calls with one identifier that are listed with each other; more are a constant that a product writes.
    private static let crowd = 8
    /// Dialogs of one Call-ID among which a reference is looked for.
    private static let forks = 64

    /// Each call stays a recording of its own and lists the other.
    static func relate(_ recordings: inout [PlannedRecording], in survey: Survey) {
        let places = RelatedDialog.places(ofCalls: recordings)
        let calls = places.keys.sorted()
        guard calls.count > 1 else { return }
        let byCallID = Dictionary(grouping: calls) { survey.dialogs[$0].callID }
        for dialog in calls {
            for reference in DialogReference.all(in: survey.dialogs[dialog]) {
                let named = (byCallID[reference.callID] ?? []).prefix(forks)
                guard let other = named.first(where: { $0 != dialog && reference.fits(survey.dialogs[$0]) }) ?? named.first(where: { $0 != dialog }) else {
                    continue
                }
                let (forward, back) = words(reference.kind)
                RelatedDialog.relate(&recordings, dialog, other, places, forward, back)
            }
            for name in SharedIdentifiers.references(of: survey.dialogs[dialog]) {
                for other in (byCallID[name] ?? []).prefix(crowd) where other != dialog {
                    RelatedDialog.relate(
                        &recordings, dialog, other, places, "its INVITE names this call's Call-ID", "its INVITE names this recording's Call-ID")
                }
            }
        }
        for group in byCallID.values where (2...crowd).contains(group.count) { relateAll(group, "has the same Call-ID", &recordings, places) }
        var bySession: [String: [Int]] = [:]
        for dialog in calls { for pair in SharedIdentifiers.sessionPairs(survey.dialogs[dialog].sessionIDs) { bySession[pair, default: []].append(dialog) } }
        for (pair, group) in bySession where (2...crowd).contains(group.count) {
            relateAll(group, "has the same session identifier, \(pair)", &recordings, places)
        }
        for place in recordings.indices where recordings[place].kind == .call {
            recordings[place].related = recordings[place].related.map { RelatedDialog(dialog: $0.dialog, reasons: $0.reasons.sorted()) }
            recordings[place].related.sort { $0.dialog < $1.dialog }
        }
    }

    private static func relateAll(_ group: [Int], _ reason: String, _ recordings: inout [PlannedRecording], _ places: [Int: Int]) {
        for (number, dialog) in group.enumerated() {
            for other in group[..<number] { RelatedDialog.relate(&recordings, dialog, other, places, reason, reason) }
        }
    }

    private static func words(_ kind: DialogReference.Kind) -> (forward: String, back: String) {
        switch kind {
        case .replaces: ("its INVITE replaces this call (Replaces)", "its INVITE (Replaces) takes the place of this recording's call")
        case .join: ("its INVITE joins this call (Join)", "its INVITE (Join) joins this recording's call")
        case .target: ("its INVITE refers to this call (Target-Dialog)", "its INVITE (Target-Dialog) refers to this recording's call")
        }
    }
}

extension RelatedDialog {
    /// Which of the recordings has a dialog of a call.
    static func places(ofCalls recordings: [PlannedRecording]) -> [Int: Int] {
        var places: [Int: Int] = [:]
        for (place, recording) in recordings.enumerated() where recording.kind == .call {
            for dialog in recording.dialogs { places[dialog] = place }
        }
        return places
    }

    /// Lists two dialogs with the recordings of each other, once; another reason is added to those that are known.
    static func relate(
        _ recordings: inout [PlannedRecording], _ left: Int, _ right: Int, _ places: [Int: Int], _ forward: String, _ back: String
    ) {
        guard let one = places[left], let other = places[right], one != other else { return }
        for (place, dialog, reason) in [(one, right, forward), (other, left, back)] {
            guard let known = recordings[place].related.firstIndex(where: { $0.dialog == dialog }) else {
                recordings[place].related.append(RelatedDialog(dialog: dialog, reasons: [reason]))
                continue
            }
            let reasons = recordings[place].related[known].reasons
            if !reasons.contains(reason) { recordings[place].related[known] = RelatedDialog(dialog: dialog, reasons: reasons + [reason]) }
        }
    }
}
