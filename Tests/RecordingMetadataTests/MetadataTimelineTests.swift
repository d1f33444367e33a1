import Evidence
import RecordingMetadata
import Testing

struct MetadataTimelineTests {
    /// The worked example: hold, resume, transfer, rename, new session by a complete document, stop.
    @Test func mergesTheWorkedExample() throws {
        var timeline = MetadataTimeline()
        timeline.apply(Fixture.basic, second: 0)
        timeline.apply(Fixture.partial(Fixture.association("PA", recv: ["T2"]) + Fixture.association("PB", send: ["T2"])), second: 10)
        timeline.apply(
            Fixture.partial(Fixture.association("PA", send: ["T1"], recv: ["T2"]) + Fixture.association("PB", send: ["T2"], recv: ["T1"])), second: 20)
        timeline.apply(
            Fixture.partial(
                "<session session_id='S'><sipSessionID>new</sipSessionID></session>"
                    + "<participant participant_id='PC'><nameID aor='sip:c@x'><name>C</name></nameID></participant>"
                    + Fixture.membership("PC", "S", joined: "1970-01-01T00:00:30Z") + Fixture.membership("PA", "S", left: "1970-01-01T00:00:29Z")
                    + Fixture.association("PB", send: ["T2"], recv: ["T3"]) + Fixture.association("PC", send: ["T3"], recv: ["T2"])), second: 30)
        #expect(timeline.stream("T3")?.isUnresolved == true)
        #expect(timeline.remarks.contains { $0.rule == .met007 && $0.message.contains("T3") })
        timeline.apply(Fixture.partial("<participant participant_id='PC'><nameID aor='sip:c@x'><name>Carol</name></nameID></participant>"), second: 40)
        timeline.apply(
            Fixture.recording(
                "<group group_id='G'/><session session_id='S2'><group-ref>G</group-ref></session>"
                    + "<participant participant_id='PB'><nameID aor='tel:+1555'/></participant>"
                    + "<participant participant_id='PC'><nameID aor='sip:c@x'><name>Carol</name></nameID></participant>"
                    + "<stream stream_id='T3' session_id='S2'><label>1</label></stream><stream stream_id='T2' session_id='S2'><label>2</label></stream>"
                    + Fixture.membership("PB", "S2") + Fixture.membership("PC", "S2") + Fixture.association("PB", send: ["T2"], recv: ["T3"])
                    + Fixture.association("PC", send: ["T3"], recv: ["T2"])), second: 60)
        timeline.apply(Fixture.partial("<session session_id='S2'><stop-time>1970-01-01T00:01:10Z</stop-time></session>"), second: 70)
        timeline.end(at: CaptureTime(seconds: 70))

        let (a, b, c) = (try #require(timeline.participant("PA")), try #require(timeline.participant("PB")), try #require(timeline.participant("PC")))
        #expect(a.sends.map { seconds($0.interval) } == [[0, 10], [20, 30]])
        #expect(a.receives.map { seconds($0.interval) } == [[0, 30]])
        #expect(a.sessions.map { seconds($0.interval) } == [[0, 30]])
        #expect(a.sessions[0].interval.statedEnd == CaptureTime(seconds: 29))
        #expect(b.sends.map(\.streamID) == ["T2"] && b.sends.map { seconds($0.interval) } == [[0, 70]])
        #expect(b.receives.map(\.streamID) == ["T1", "T1", "T3"])
        #expect(b.receives.map { seconds($0.interval) } == [[0, 10], [20, 30], [30, 70]])
        #expect(b.sessions.map(\.sessionID) == ["S", "S2"] && b.sessions.map { seconds($0.interval) } == [[0, 60], [60, 70]])
        #expect(c.sends.map(\.streamID) == ["T3"] && c.sends.map { seconds($0.interval) } == [[30, 70]])
        #expect(c.names.map(\.value) == ["C", "Carol"])
        #expect(c.names.last?.from == CaptureTime(seconds: 40))
        #expect(timeline.sessions.map(\.id) == ["S", "S2"])
        #expect(timeline.sessions.map { $0.intervals.map(seconds) } == [[[0, 60]], [[60, 70]]])
        #expect(timeline.sessions[0].sipSessionIDs.count == 2 && timeline.sessions[0].currentSIPSessionIDs == ["new"])
        #expect(timeline.sessions.map(\.groupID) == ["G", "G"])
        #expect(timeline.groups.map { $0.intervals.map(seconds) } == [[[0, 70]]])
        #expect(timeline.stream("T1")?.intervals.map(seconds) == [[0, 60]])
        #expect(timeline.stream("T3")?.isUnresolved == false)
        for (second, first, middle) in [(5.0, ["PA"], ["PB"]), (15, [], ["PB"]), (25, ["PA"], ["PB"]), (35, [], ["PB"]), (65, [], ["PB"])] {
            #expect(timeline.speakers("T1", second) == first && timeline.speakers("T2", second) == middle)
        }
        #expect(timeline.speakers("T3", 29.9) == [] && timeline.speakers("T3", 30) == ["PC"] && timeline.speakers("T3", 70) == [])
        #expect(timeline.label(of: "T3", at: CaptureTime(seconds: 59)) == nil && timeline.label(of: "T3", at: CaptureTime(seconds: 60)) == "1")
        #expect(timeline.receivers(of: "T1", at: CaptureTime(seconds: 15)).isEmpty)
        #expect(timeline.documents.map(\.changes.isEmpty) == [false, false, false, false, false, false, false])
    }

    @Test func aDocumentThatWasNotAcceptedChangesNothing() {
        var timeline = MetadataTimeline()
        timeline.apply(Fixture.basic, second: 0, isAccepted: false)
        #expect(timeline.sessions.isEmpty && timeline.documents.count == 1 && !timeline.documents[0].isAccepted)
    }

    @Test func aPartialDocumentFirstMakesTheTimelineIncomplete() {
        var timeline = MetadataTimeline()
        timeline.apply(Fixture.partial(Fixture.association("PA", send: ["T1"])), second: 3)
        #expect(timeline.isIncomplete)
        #expect(timeline.remarks.map(\.rule.code).contains("MET014"))
        #expect(timeline.participant("PA")?.isUnresolved == true)
        #expect(timeline.speakers("T1", 4) == ["PA"])
        timeline.apply(Fixture.basic, second: 5)
        #expect(timeline.participant("PA")?.isUnresolved == false)
        #expect(timeline.participant("PA")?.sends.map { seconds($0.interval) } == [[3, nil]])
    }

    @Test func aLeaverStopsSendingWithoutAStreamAssociation() {
        var timeline = MetadataTimeline()
        let mixed = ["PA", "PB", "PC"].map { Fixture.membership($0, "S") + Fixture.association($0, send: ["M"], recv: ["M"]) }.joined()
        let people = ["PA", "PB", "PC"].map { "<participant participant_id='\($0)'><nameID aor='sip:\($0)@x'/></participant>" }.joined()
        timeline.apply(
            Fixture.recording("<session session_id='S'/>" + people + "<stream stream_id='M' session_id='S'><label>1</label></stream>" + mixed), second: 0)
        #expect(timeline.speakers("M", 1) == ["PA", "PB", "PC"])
        timeline.apply(Fixture.partial(Fixture.membership("PB", "S", left: "1970-01-01T00:00:10Z")), second: 10)
        #expect(timeline.speakers("M", 11) == ["PA", "PC"])
        #expect(timeline.documents[1].changes.contains(.participantLeft(participantID: "PB", sessionID: "S")))
        // Comes back: a second interval.
        timeline.apply(
            Fixture.partial(Fixture.membership("PB", "S", joined: "1970-01-01T00:00:20Z") + Fixture.association("PB", send: ["M"], recv: ["M"])), second: 20)
        #expect(timeline.participant("PB")?.sessions.map { seconds($0.interval) } == [[0, 10], [20, nil]])
        #expect(timeline.participants(in: "S", at: CaptureTime(seconds: 15)) == ["PA", "PC"])
        timeline.end(at: CaptureTime(seconds: 30))
        #expect(timeline.participant("PB")?.sends.map { seconds($0.interval) } == [[0, 10], [20, 30]])
        #expect(timeline.closingChanges.contains(.sessionEnded(sessionID: "S")))
    }

    @Test func associationsOfOneParticipantInOneDocumentAreUnited() {
        var timeline = MetadataTimeline()
        timeline.apply(Fixture.basic, second: 0)
        timeline.apply(Fixture.partial(Fixture.association("PA", send: ["T1"]) + Fixture.association("PA", send: ["T2"])), second: 5)
        #expect(timeline.participant("PA")?.sends.map(\.streamID) == ["T1", "T2"])
        #expect(timeline.participant("PA")?.sends.map { seconds($0.interval) } == [[0, nil], [5, nil]])
        timeline.apply(Fixture.partial(Fixture.association("PA")), second: 6)
        #expect(timeline.speakers("T1", 7) == [])
    }

    @Test func theFirstDraftGivesTwoSpeakersAlthoughOneStreamIsUndescribed() {
        var timeline = MetadataTimeline()
        timeline.apply(Fixture.firstDraft, second: 0)
        #expect(timeline.speakers("urn:uuid:T1", 1) == ["urn:uuid:PA", "urn:uuid:PB"])
        #expect(timeline.stream("urn:uuid:T2") == nil)
        #expect(timeline.stream("urn:uuid:T1")?.mode == "mixed")
    }

    @Test func aCutCompleteDocumentEndsNothing() {
        var timeline = MetadataTimeline()
        timeline.apply(Fixture.basic, second: 0)
        let text = Fixture.basic
        let cut = String(text[..<(text.firstRange(of: "<participant participant_id=\"PB\"")?.lowerBound ?? text.startIndex)])
        timeline.apply(cut, second: 10)
        #expect(timeline.speakers("T2", 11) == ["PB"])
        timeline.apply("<!DOCTYPE recording><recording/>", second: 12)
        #expect(timeline.speakers("T2", 13) == ["PB"])
    }

    @Test func anEmptyCompleteDocumentEndsEverything() {
        var timeline = MetadataTimeline()
        timeline.apply(Fixture.basic, second: 0)
        timeline.apply(Fixture.recording(""), second: 10)
        #expect(timeline.sessions[0].intervals.map(seconds) == [[0, 10]])
        #expect(timeline.speakers("T1", 11).isEmpty)
    }

    @Test func reportsTheClockOffsetOfTheSender() {
        var timeline = MetadataTimeline()
        timeline.apply(Fixture.basic, second: 2.5)
        #expect(timeline.clockOffset == 2.5)
        #expect(timeline.sessions[0].intervals[0].start == CaptureTime(seconds: 2.5))
        #expect(timeline.sessions[0].intervals[0].statedStart == CaptureTime(seconds: 0))
    }

    @Test func timesWithoutZoneAreRelatedToThePacketOnlyWhenAnOffsetFits() throws {
        var timeline = MetadataTimeline()
        let packet = try #require(CaptureTime.parse("2026-01-02T01:04:10Z")).time
        timeline.apply(parse(Fixture.nestedDraft), at: packet, isAccepted: true)
        #expect(timeline.sessions[0].intervals[0].statedStart == packet.advanced(bySeconds: -5))
        #expect(timeline.documents[0].assumedZoneMinutes == 120)
        #expect(timeline.clockOffset == nil)
        var other = MetadataTimeline()
        other.apply(Fixture.nestedDraft, second: 0)
        #expect(other.sessions[0].intervals[0].statedStart == nil)
    }

    @Test func spellingsOfOneUUIDAreOneIdentifierAndOthersAreNot() {
        var timeline = MetadataTimeline()
        timeline.apply(
            Fixture.recording("<stream stream_id='7+OTCyoxTmqmqyA/1weDAg=='/>" + Fixture.association("P", send: ["7-OTCyoxTmqmqyA_1weDAg"])), second: 0)
        #expect(timeline.streams.map(\.id) == ["7+OTCyoxTmqmqyA/1weDAg=="])
        timeline.apply(Fixture.partial("<session session_id='00FA080001000758A20EFA'/><session session_id='00FA080001000758A20EFB'/>"), second: 1)
        #expect(timeline.sessions.count == 2)
    }

    @Test func notesStreamsWithoutLabelAndMissingAssociations() {
        var timeline = MetadataTimeline()
        timeline.apply(Fixture.recording("<participant participant_id='P'><nameID aor='sip:p@x'/></participant><stream stream_id='T'/>"), second: 0)
        #expect(timeline.remarks.map(\.rule.code).sorted() == ["MET011", "MET017"])
    }

    @Test func aStoppedSessionStaysStoppedUntilACompleteDocumentBringsItBack() {
        var timeline = MetadataTimeline()
        timeline.apply(Fixture.basic, second: 0)
        timeline.apply(Fixture.partial("<session session_id='S'><stop-time>1970-01-01T00:00:05Z</stop-time></session>"), second: 5)
        timeline.apply(Fixture.partial("<session session_id='S'><reason cause='16' protocol='Q.850'>bye</reason></session>"), second: 6)
        #expect(timeline.sessions[0].intervals.map(seconds) == [[0, 5]])
        #expect(timeline.sessions[0].reasons == [MetadataReason(protocolName: "Q.850", cause: 16, text: "bye")])
        #expect(timeline.participants(in: "S", at: CaptureTime(seconds: 6)).isEmpty)
        timeline.apply(Fixture.basic, second: 9)
        #expect(timeline.sessions[0].intervals.map(seconds) == [[0, 5], [9, nil]])
        #expect(timeline.speakers("T1", 10) == ["PA"])
    }

    /// Objects that a complete document leaves out end and stay in the history; what it brings back opens anew.
    @Test func aCompleteDocumentEndsWhatItLeavesOut() throws {
        var timeline = MetadataTimeline()
        timeline.apply(Fixture.basic, second: 0)
        let one = Fixture.recording(
            "<session session_id='S'/><participant participant_id='PA'><nameID aor='sip:a@x.test'/></participant>"
                + "<stream stream_id='T1' session_id='S'><label>1</label></stream>" + Fixture.membership("PA", "S") + Fixture.association("PA", send: ["T1"]))
        timeline.apply(one, second: 10)
        let gone = try #require(timeline.participant("PB"))
        #expect(gone.intervals.map(seconds) == [[0, 10]] && gone.sessions.map { seconds($0.interval) } == [[0, 10]])
        #expect(gone.sends.map { seconds($0.interval) } == [[0, 10]] && gone.receives.map { seconds($0.interval) } == [[0, 10]])
        #expect(timeline.stream("T2")?.intervals.map(seconds) == [[0, 10]])
        #expect(timeline.participant("PA")?.receives.map { seconds($0.interval) } == [[0, 10]])
        #expect(timeline.groups.map { $0.intervals.map(seconds) } == [[[0, 10]]])
        #expect(timeline.participant("PA")?.sends.map { seconds($0.interval) } == [[0, nil]])
        timeline.apply(Fixture.basic, second: 20)
        #expect(timeline.participant("PB")?.sends.map { seconds($0.interval) } == [[0, 10], [20, nil]])
        #expect(timeline.stream("T2")?.intervals.map(seconds) == [[0, 10], [20, nil]])
    }

    /// A stop-time says that all have left and all streams have stopped (RFC 8068 section 3.2.3).
    @Test func aStopTimeEndsMembershipsAndStreams() {
        var timeline = MetadataTimeline()
        timeline.apply(Fixture.basic, second: 0)
        timeline.apply(Fixture.partial("<session session_id='S'><stop-time>1970-01-01T00:00:07Z</stop-time></session>"), second: 8)
        #expect(timeline.participants.allSatisfy { $0.sessions.map { seconds($0.interval) } == [[0, 8]] })
        #expect(timeline.participants.allSatisfy { ($0.sends + $0.receives).map { seconds($0.interval) } == [[0, 8], [0, 8]] })
        #expect(timeline.streams.allSatisfy { $0.intervals.map(seconds) == [[0, 8]] })
        // Both times are kept: that of the packet and that of the element.
        #expect(timeline.sessions[0].intervals[0].statedEnd == CaptureTime(seconds: 7) && timeline.sessions[0].intervals[0].end == CaptureTime(seconds: 8))
        #expect(timeline.participants[0].sessions[0].interval.statedEnd == CaptureTime(seconds: 7))
    }

    /// Everything that can be referred to before it is described, and the description that comes later.
    @Test func placeholdersAreResolvedByLaterDocuments() {
        var timeline = MetadataTimeline()
        timeline.apply(
            Fixture.recording(
                "<stream stream_id='T1' session_id='S'/>" + Fixture.membership("PA", "S") + Fixture.association("PA", send: ["T1", "T2"])), second: 0)
        #expect(timeline.session("S")?.isUnresolved == true && timeline.participant("PA")?.isUnresolved == true && timeline.stream("T2")?.isUnresolved == true)
        #expect(timeline.stream("T1")?.isUnresolved == false)
        #expect(timeline.remarks.filter { $0.rule == .met007 }.count == 3)
        timeline.apply(
            Fixture.partial(
                "<group group_id='G'/><session session_id='S'><group-ref>G</group-ref></session><participant participant_id='PA'><nameID aor='sip:a@x'/></participant>"
                    + "<stream stream_id='T2' session_id='S'><label>2</label></stream>"), second: 5)
        #expect(
            timeline.session("S")?.isUnresolved == false && timeline.participant("PA")?.isUnresolved == false && timeline.stream("T2")?.isUnresolved == false)
        #expect(timeline.participant("PA")?.sends.map { seconds($0.interval) } == [[0, nil], [0, nil]])
        #expect(timeline.participant("PA")?.aors == ["sip:a@x"] && timeline.session("S")?.groupID == "G")
    }

    /// A session may be attached to the recording session several times (RFC 7865 section 6.4); what goes on in it is not over when it is detached.
    @Test func aSessionCanBeDetachedAndAttachedAgain() {
        var timeline = MetadataTimeline()
        func association(_ begin: String, _ end: String?) -> String {
            "<sessionrecordingassoc session_id='S'><associate-time>1970-01-01T00:00:\(begin)Z</associate-time>"
                + (end.map { "<disassociate-time>1970-01-01T00:00:\($0)Z</disassociate-time>" } ?? "") + "</sessionrecordingassoc>"
        }
        timeline.apply(Fixture.basic, second: 0)
        timeline.apply(Fixture.partial(association("00", "10")), second: 10)
        #expect(timeline.sessions[0].intervals.map(seconds) == [[0, 10]] && timeline.speakers("T1", 11) == ["PA"])
        timeline.apply(Fixture.partial(association("20", nil)), second: 20)
        #expect(timeline.sessions[0].intervals.map(seconds) == [[0, 10], [20, nil]])
        #expect(timeline.sessions[0].intervals[1].statedStart == CaptureTime(seconds: 20))
    }

    /// Names and parameters are replaced as lists, session identifiers too; a label goes to the line of its own message.
    @Test func fieldsMergeOneByOne() {
        var timeline = MetadataTimeline()
        timeline.apply(Fixture.basic, second: 0)
        timeline.apply(
            Fixture.partial(
                "<session session_id='S'><sipSessionID>one</sipSessionID><sipSessionID>two</sipSessionID></session><stream stream_id='T1'><label>9</label></stream>"
                    + "<participantsessionassoc participant_id='PA' session_id='S'><param pname='isfocus' pval='true'/></participantsessionassoc>"), second: 5)
        #expect(timeline.sessions[0].currentSIPSessionIDs == ["one", "two"] && timeline.sessions[0].sipSessionIDs.count == 3)
        #expect(timeline.sessions[0].groupID == "G" && timeline.stream("T1")?.sessionID == "S")
        #expect(timeline.label(of: "T1", at: CaptureTime(seconds: 4)) == "1" && timeline.label(of: "T1", at: CaptureTime(seconds: 5)) == "9")
        #expect(timeline.participant("PA")?.params == [MetadataParameter(name: "isfocus", value: "true")])
        #expect(timeline.participant("PA")?.sessions.count == 1 && timeline.speakers("T1", 6) == ["PA"])
    }
}
