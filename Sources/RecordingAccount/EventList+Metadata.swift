import CaptureSurvey
import Evidence
import PacketInput
import RecordingMetadata
import RecordingPlan
import RecordingRecords
import SIPDialogs

/// Events that documents and requests tell: who comes and goes, sessions, transfers.
extension EventList {
    /// Documents by the number of their file, also those that changed nothing: refused ones, and requests for a snapshot.
    mutating func addDocuments(of dialog: Int, from number: Int) {
        guard let timeline = recording.timelines[dialog] else { return }
        let applied = Dictionary(timeline.documents.map { ($0.number, $0) }) { first, _ in first }
        for (place, carried) in survey.dialogs[dialog].metadata.enumerated() {
            let name = "\(number + place + 1)"
            guard let document = applied[place] else {
                add(Self.snapshotRequest, at: carried.time, detail: ["document": name])
                continue
            }
            var detail = ["document": name, "mode": document.dataMode.rawValue]
            if !document.isAccepted { detail["applied"] = "no: the request was rejected" }
            add(.metadata, at: document.packetTime, detail: detail)
        }
    }

    private static let snapshotRequest = EventRecord.Kind(rawValue: "snapshot-request")

    /// Calls that took the place of this one (RFC 3891): an attended transfer, or a call that somebody picked up. Told where one of the parties goes.
    mutating func addReplacements() {
        var told: [(to: String, time: CaptureTime)] = []
        for related in recording.related {
            let successor = survey.dialogs[related.dialog]
            guard let time = successor.answered else { continue }
            let references = DialogReference.all(in: successor).filter { $0.kind == .replaces }
            for dialog in recording.dialogs.map({ survey.dialogs[$0] }) where references.contains(where: { $0.callID == dialog.callID }) {
                guard let side = references.lazy.compactMap({ $0.displaced(in: dialog) }).first ?? Self.displaced(from: dialog, by: successor) else { continue }
                let who = side == .client ? "caller" : "callee"
                let target = successor.client.uri ?? successor.client.endpoint?.description ?? "unknown"
                // The same INVITE on another hop.
                if told.contains(where: { $0.to == target && abs($0.time.seconds(since: time)) <= Self.handover }) { continue }
                told.append((target, time))
                add(.transfer, at: time, participants: [who], detail: ["from": who, "to": target])
            }
        }
    }

    /// Who makes room, by whom the new call is for.
    private static func displaced(from dialog: SIPDialog, by successor: SIPDialog) -> Side? {
        guard let kept = successor.server.uri.map(ParticipantAddress.user) else { return nil }
        if dialog.client.uri.map(ParticipantAddress.user) == kept { return .server }
        return dialog.server.uri.map(ParticipantAddress.user) == kept ? .client : nil
    }

    mutating func addMetadata(_ timeline: MetadataTimeline?, dialogEnd: CaptureTime?) {
        guard let timeline else { return }
        // Who is there when the recording's own first session begins does not join.
        let first = timeline.sessions.flatMap(\.intervals).map(\.start).min()
        for session in timeline.sessions {
            for interval in session.intervals {
                addOnce(Self.sessionStart, at: interval.start, detail: ["session": session.id])
                if let end = interval.end, dialogEnd.map({ end < $0 }) ?? true { addOnce(Self.sessionEnd, at: end, detail: ["session": session.id]) }
            }
        }
        var left: [Presence] = []
        var joined: [Presence] = []
        for participant in timeline.participants {
            for membership in participant.sessions {
                let interval = membership.interval
                if let first, interval.start > first { joined.append((participant.id, membership.sessionID, interval.start)) }
                if let end = interval.end, dialogEnd.map({ end < $0 }) ?? true { left.append((participant.id, membership.sessionID, end)) }
            }
        }
        let successors = Self.dropMoves(&left, &joined)
        func follows(_ gone: Presence, _ session: String, _ time: CaptureTime) -> Bool {
            gone.time == time && gone.session == session
                || abs(time.seconds(since: gone.time)) <= Self.handover && successors[gone.session, default: []].contains(session)
        }
        for (id, session, time) in joined {
            // One leaves a session in the very document that brings one other into it, or into the session that takes over: that party was
            // replaced (RFC 8068 section 3.2.3).
            let gone = left.filter { follows($0, session, time) && $0.id != id }
            if gone.count == 1, joined.filter({ $0.time == time && $0.session == session }).count == 1 {
                addOnce(.transfer, at: time, participants: [gone[0].id, id], detail: ["from": gone[0].id, "to": id])
            }
            addOnce(.join, at: time, participants: [id])
        }
        for (id, _, time) in left { addOnce(.leave, at: time, participants: [id]) }
        for participant in timeline.participants {
            for (time, old, new) in participant.renamings {
                addOnce(Self.nameChange, at: time, participants: [participant.id], detail: ["from": old, "to": new])
            }
        }
    }

    /// Somebody who comes to a session or leaves it.
    private typealias Presence = (id: String, session: String, time: CaptureTime)

    /// Who leaves one session as another takes over that they are in neither leaves nor joins (RFC 8068 section 3.2.2). Returns the sessions
    /// that take over from each.
    private static func dropMoves(_ left: inout [Presence], _ joined: inout [Presence]) -> [String: Set<String>] {
        let arrivals = Dictionary(grouping: joined, by: \.id)
        var successors: [String: Set<String>] = [:]
        var moved: [String: Set<String>] = [:]
        left.removeAll { gone in
            let next = (arrivals[gone.id] ?? []).first { $0.session != gone.session && abs($0.time.seconds(since: gone.time)) <= handover }
            guard let next else { return false }
            successors[gone.session, default: []].insert(next.session)
            moved[gone.id, default: []].insert(next.session)
            return true
        }
        joined.removeAll { moved[$0.id]?.contains($0.session) ?? false }
        return successors
    }

    private static let nameChange = EventRecord.Kind(rawValue: "name-change")
    private static let sessionStart = EventRecord.Kind(rawValue: "session-start")
    private static let sessionEnd = EventRecord.Kind(rawValue: "session-end")
}
