import Evidence
import RecordingMetadata
import SIPDialogs

/// Identifiers that documents describe, by kind.
private struct Described {
    var groups: Set<String> = []
    var sessions: Set<String> = []
    var participants: Set<String> = []
    var streams: Set<String> = []

    mutating func add(_ document: RecordingDocument) {
        groups.formUnion(document.groups.map(\.id))
        sessions.formUnion(document.sessions.map(\.id))
        participants.formUnion(document.participants.map(\.id))
        streams.formUnion(document.streams.map(\.id))
    }
}

/// One identifier that a document refers to.
private struct Reference {
    let kind: String
    let set: KeyPath<Described, Set<String>>
    let id: String
    let offset: Int
}

extension RecordingDocument {
    fileprivate var references: [Reference] {
        var out: [Reference] = []
        func add(_ kind: String, _ set: KeyPath<Described, Set<String>>, _ id: String?, _ offset: Int) {
            if let id, !id.isEmpty { out.append(Reference(kind: kind, set: set, id: id, offset: offset)) }
        }
        for item in sessions { add("group", \.groups, item.groupRef, item.offset) }
        for item in streams { add("session", \.sessions, item.sessionID, item.offset) }
        for item in sessionRecordingAssociations { add("session", \.sessions, item.sessionID, item.offset) }
        for item in participantSessionAssociations {
            add("participant", \.participants, item.participantID, item.offset)
            add("session", \.sessions, item.sessionID, item.offset)
        }
        for item in participantStreamAssociations {
            add("participant", \.participants, item.participantID, item.offset)
            for id in item.send + item.recv { add("stream", \.streams, id, item.offset) }
        }
        return out
    }
}

extension Conformance {
    /// A snapshot that was asked for begins anew: updates after it may build on nothing else (RFC 7866 section 9.2).
    @Sendable
    static func reportLostReferences(_ session: SessionEvidence, _ findings: inout FindingLog) {
        let hasRequest = session.documents.contains { if case .requestSnapshot = $0.document.root { true } else { false } }
        guard hasRequest else { return }
        var everything = Described()
        var current: Described?
        var isAsked = false
        for (carried, document) in session.documents where carried.isAccepted {
            if case .requestSnapshot = document.root {
                isAsked = true
                continue
            }
            guard document.root == .recording, carried.sender == session.client else { continue }
            if document.dataMode == .complete, document.isWhole {
                if isAsked || current != nil { current = Described() }
                isAsked = false
            }
            everything.add(document)
            current?.add(document)
            guard document.dataMode == .partial, let current else { continue }
            for reference in document.references
            where !current[keyPath: reference.set].contains(reference.id) && everything[keyPath: reference.set].contains(reference.id) {
                findings.report(
                    .rec041, "\(reference.kind) \(reference.id) was described only before the snapshot", at: carried.origins.origin(at: reference.offset),
                    subject: session.subject)
            }
        }
    }
}
