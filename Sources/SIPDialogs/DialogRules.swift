import Evidence
import SDPSyntax
import SIPSyntax

/// Rules that need the dialog as a whole.
enum DialogRules {
    static func report(_ dialog: SIPDialog, _ facts: DialogFacts, subject: FindingSubject, findings: inout FindingLog) {
        func report(_ rule: Rule, _ message: String, _ origin: Origin?) { findings.report(rule, message, at: origin ?? facts.firstOrigin, subject: subject) }
        if dialog.startsMidCapture { report(.dlg004, "the first captured message is an in-dialog message", facts.firstOrigin) }
        if let remainder = facts.remainder {
            report(
                .dlg030, "\(remainder.octets) bytes before the first whole message end a metadata document, whose beginning was not captured",
                remainder.origin)
        }
        if facts.isConfirmed, dialog.end == nil { report(.dlg003, "no BYE in the capture", dialog.messages.last?.origins.origin(at: 0)) }
        for negotiation in dialog.negotiations {
            let place = negotiation.offerOrigins.origin(at: 0)
            if negotiation.outcome == .unanswered, !negotiation.lacksRequest {
                report(.dlg009, "the offer of \(negotiation.method) \(negotiation.cseq) has no answer in the capture", place)
            }
            if let answer = negotiation.answer, answer.media.count != negotiation.offer.media.count {
                let text = "the offer has \(negotiation.offer.media.count) media lines, its answer has \(answer.media.count)"
                report(.sdp108, text, negotiation.answerOrigins?.origin(at: 0))
            }
        }
        guard dialog.role == .recording else { return }
        if let half = facts.halfMarked { report(.dlg001, half.text, half.origin) }
        for refusal in facts.refusals where !isChallenge(refusal, facts) {
            report(.dlg002, "INVITE \(refusal.cseq) rejected: \(refusal.status) \(refusal.reason)", refusal.origin)
        }
        guard !dialog.isProprietaryRecording else { return }
        // Metadata travels in the INVITE first of all: where that was not captured, nobody can say that there was none.
        if dialog.metadata.isEmpty, facts.isConfirmed, !dialog.startsMidCapture { report(.dlg005, "no metadata in any message of the dialog", nil) }
        for entry in facts.undisposedMetadata { report(.dlg006, entry.text, entry.origin) }
        for entry in facts.mistypedMetadata { report(.dlg007, entry.text, entry.origin) }
        for entry in facts.oddlyTypedMetadata { report(.dlg011, entry.text, entry.origin) }
        for entry in facts.clearMetadata { report(.dlg008, entry.text, entry.origin) }
        for negotiation in dialog.negotiations {
            check(negotiation.offer, by: negotiation.offerer, negotiation.offerOrigins, dialog, subject, &findings)
            if let answer = negotiation.answer, let origins = negotiation.answerOrigins {
                check(answer, by: negotiation.offerer.opposite, origins, dialog, subject, &findings)
            }
        }
    }

    /// A demand for credentials that was met, and the end of a cancelled INVITE, are no refusals.
    private static func isChallenge(_ refusal: DialogFacts.Refusal, _ facts: DialogFacts) -> Bool {
        if refusal.status == 487, facts.wasCancelled { return true }
        return (refusal.status == 401 || refusal.status == 407) && (facts.lastInitialInvite ?? 0) > refusal.cseq
    }

    /// What RFC 7866 section 7 asks of the descriptions of recording client and server.
    private static func check(
        _ description: SessionDescription, by side: Side, _ origins: OriginMap, _ dialog: SIPDialog, _ subject: FindingSubject, _ findings: inout FindingLog
    ) {
        let isClient = side == dialog.recorderSide
        var labels: Set<String> = []
        for (index, media) in description.media.enumerated() where !media.isRejected {
            let place = origins.origin(at: media.offset)
            let direction = description.direction(of: media)
            let name = "m=\(media.kind) \(media.port) (line \(index + 1))"
            func report(_ rule: Rule, _ message: String) { findings.report(rule, message, at: place, subject: subject) }
            if isClient {
                if media.label == nil { report(.sdp101, "\(name) has no a=label") }
                if let label = media.label, !labels.insert(label).inserted { report(.sdp102, "\(name) repeats label \(label)") }
                if direction.receives { report(.sdp106, "\(name) of the recording client is \(direction.rawValue)") }
            } else if direction.sends {
                report(.sdp107, "\(name) of the recording server is \(direction.rawValue)")
            }
        }
    }
}
