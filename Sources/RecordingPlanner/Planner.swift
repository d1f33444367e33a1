package import CaptureSurvey
import Evidence
import PacketInput
package import RecordingPlan
import StreamMatching

/// Joins what was observed with what was negotiated and said: from the survey to the plan. Reads no packet.
package enum Planner {
    /// Makes the plan; deterministic for the same survey and options.
    package static func plan(_ seen: consuming Survey, options: ReconstructionOptions) -> ReconstructionPlan {
        let survey = seen
        var notes = PlanningNotes()
        // What is known before any conclusion.
        let streams = NegotiatedStreams(survey.dialogs)
        let observed = ObservedFlows(survey)
        let control = ControlIndex(survey)
        let keys = KeyRing(survey: survey, streams: streams.all, options: options)
        // What belongs together.
        let matching = FlowMatching(of: survey, streams, observed, &notes.findings)
        let metadata = SessionMetadata(of: survey.dialogs, limits: options.limits, &notes.findings)
        let duplicates = DuplicateMedia(survey: survey)
        let loose = UnsignalledMedia(survey, streams, matching, media: duplicates.media, rules: options.decodeAs, by: options.rule)
        // Recordings.
        let finisher = RecordingFinisher(survey: survey, options: options, keys: keys, control: control)
        let unsignalled = UnsignalledPlanner(survey: survey, options: options, media: loose, observed: observed, keys: keys, finisher: finisher)
        let conversations = ConversationPlanner(
            survey: survey, options: options, streams: streams, matching: matching, metadata: metadata, unsignalled: unsignalled, observed: observed,
            keys: keys, control: control, finisher: finisher, duplicates: duplicates
        ).recordings(&notes)
        let related = CallRelations.relate(conversations, in: survey, by: options.rule, &notes.findings)
        CallComparison.compare(related, with: survey, streams, matching, control, &notes.findings)
        let all = related + unsignalled.recordings(&notes)
        var recordings = RecordingSelection(options, survey).select(all)
        let unplanned = UnplannedMedia(survey, all: all, wanted: recordings, streams, matching)
        // What is noteworthy about those that are wanted.
        let secured = KeyReport(on: recordings, survey, options, observed, keys, uses: notes.keyUses)
        notes.findings.merge(secured.findings)
        notes.findings.merge(HandshakeChecks.findings(on: recordings, survey))
        notes.findings.merge(SessionConformance(survey, streams, matching, metadata, options.limits).findings(on: recordings))
        recordings.sort { ($0.start, $0.id) < ($1.start, $1.id) }

        var plan = ReconstructionPlan(of: survey)
        plan.survey.forgetSamples()
        plan.recordings = recordings
        plan.matches = matching.matches
        plan.ignoredFlows = loose.ignored
        plan.unplanned = unplanned.flows
        plan.dividedFlows = unplanned.divided
        plan.keysNeeded = secured.needed
        plan.keyUses = notes.keyUses.flows
        plan.openedFlows = notes.keyUses.opened
        plan.swappedKeys = secured.swapped
        plan.findings = notes.findings
        plan.foreseen = secured.foreseen
        return plan
    }
}
