import Evidence
import Foundation
import Testing

@testable import RecordingRecords

@Suite struct VConTests {
    private static let request = VConRequest(content: .file)
    /// Stands for SHA-1, which the modules above have from a library: other octets, another digest.
    private static let digest: Digest = { octets in (0..<20).map { place in octets.reduce(UInt8(place)) { $0 &* 31 &+ $1 } } }

    /// The container with what the files hold, or their paths where nothing is given for them; in the place of a hash stands the path.
    private static func container(_ record: RecordingRecord, _ request: VConRequest = request, files: [String: [UInt8]] = [:]) throws -> [UInt8] {
        try #require(VConFile.parts(of: record, request, sha1: digest)).flatMap { part in
            switch part {
            case .octets(let octets): octets
            case .content(let path): FilePart.base64url(files[path] ?? Array(path.utf8))
            case .sha512(let path): Array(path.utf8)
            }
        }
    }

    private static func object(_ octets: [UInt8]) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(octets)) as? [String: Any])
    }

    private static func list(_ object: [String: Any], _ key: String) throws -> [[String: Any]] { try #require(object[key] as? [[String: Any]]) }

    private static func decoded(_ text: String) -> [UInt8]? { Base64.decode(text) }

    /// A call of two people with a file each.
    private static func call(_ change: (inout RecordingRecord) -> Void = { _ in }) -> RecordingRecord {
        var record = SidecarTests.full
        record.kind = "call"
        var caller = ParticipantRecord(id: "caller", confidence: "signalled")
        caller.aor = "tel:+14155550100"
        var callee = ParticipantRecord(id: "callee", confidence: "signalled")
        callee.aor = "1002"
        record.participants = [caller, callee]
        record.events = []
        record.files = ["caller", "callee"].map { id in
            let file = WrittenFile(path: "audio/\(id).wav", bytes: 1, sha256: "", frames: 8000)
            return FileRecord(file, role: .participant, mediaType: "audio/wav", participants: [id], sampleRate: 8000, channels: 1, offset: 0)
        }
        change(&record)
        return record
    }

    @Test func aRecordingAsAContainer() throws {
        let container = try Self.object(Self.container(SidecarTests.full))
        #expect(container["vcon"] as? String == "0.4.0")
        #expect(container["created_at"] as? String == SidecarTests.full.end)
        let parties = try Self.list(container, "parties")
        #expect(parties.count == 2 && parties[0]["sip"] as? String == "sip:henry@example.com")
        // An empty name is none, and the program is the last party.
        #expect(parties[0]["name"] as? String == "Henry / Nakamura" && parties[0]["validation"] as? String == "none")
        #expect(parties[1]["type"] as? String == "bot" && parties[1]["name"] as? String == "siprecap")
        let dialog = try #require(try Self.list(container, "dialog").first)
        #expect(dialog["type"] as? String == "recording" && dialog["filename"] as? String == "audio/henry-nakamura.wav")
        #expect(dialog["parties"] as? [Int] == [0] && dialog["duration"] as? Double == 0.00125)
        #expect(dialog["start"] as? String == SidecarTests.time && dialog["mediatype"] as? String == "audio/x-wav")
        #expect(dialog["session_id"] as? [String: String] == ["local": "ab30317f1a784dc48ff824d0d3715d86"])
        #expect(dialog["sip_call_id"] as? String == "a@b" && container["extensions"] as? [String] == ["sip-signaling"])
        #expect(dialog["body"] == nil && dialog["originator"] == nil)
        let attachment = try #require(try Self.list(container, "attachments").first)
        #expect(attachment["purpose"] as? String == "rs-metadata" && attachment["party"] as? Int == 1 && attachment["dialog"] as? Int == 0)
        #expect(try Self.decoded(#require(attachment["body"] as? String)) == Array("metadata/0001.xml".utf8))
        let report = try #require(try Self.list(container, "analysis").first?["body"] as? [String: Any])
        #expect(report["complete"] as? Bool == false)
        #expect(try Self.list(report, "findings").first?["rule"] as? String == "OUT001")
        let gaps = try #require(try Self.list(report, "streams").first?["gaps"] as? [[String: Any]])
        #expect(gaps.count == SidecarTests.full.streams[0].gaps.count)
    }

    @Test func filesAreNamedWithTheirHash() throws {
        let container = try Self.object(Self.container(Self.call()))
        #expect(try Self.list(container, "dialog").map { $0["content_hash"] as? String } == ["sha512-audio/caller.wav", "sha512-audio/callee.wav"])
    }

    @Test func filesCanStandInIt() throws {
        let audio: [UInt8] = [0xFB, 0xEF, 0xFF, 0x00]
        let octets = try Self.container(Self.call(), VConRequest(content: .inline), files: ["audio/callee.wav": audio])
        let dialog = try Self.list(Self.object(octets), "dialog")
        #expect(dialog[1]["encoding"] as? String == "base64url" && dialog[1]["content_hash"] == nil)
        #expect(dialog[1]["body"] as? String == "--__AA")
        #expect(try Self.decoded(#require(dialog[0]["body"] as? String)) == Array("audio/caller.wav".utf8))
    }

    @Test func addressesGoWhereTheirSchemeSays() throws {
        let parties = try Self.list(Self.object(Self.container(Self.call())), "parties")
        #expect(parties[0]["tel"] as? String == "tel:+14155550100" && parties[0]["sip"] == nil && parties[0]["name"] == nil)
        // An extension is neither a telephone number of the world nor a SIP URI.
        #expect(parties[1]["name"] as? String == "1002" && parties[1]["tel"] == nil && parties[1]["sip"] == nil)
    }

    @Test func theCallerIsTheOriginatorWhereTheCallTells() throws {
        let dialogs = try Self.list(Self.object(Self.container(Self.call())), "dialog")
        #expect(dialogs.map { $0["originator"] as? Int } == [nil, 0])
    }

    @Test func whoJoinedHeldAndPressedKeysIsTold() throws {
        func event(_ type: EventRecord.Kind, _ second: Int, stream: String? = nil, _ detail: [String: String] = [:]) -> EventRecord {
            EventRecord(time: "2026-01-01T00:00:0\(second).000000000Z", offset: 0, type: type, participants: ["callee"], stream: stream, detail: detail)
        }
        let record = Self.call {
            $0.events = [
                event(.join, 0), event(.pause, 1, stream: "s1"), event(.resume, 2, stream: "s1"), event(.hold, 3, stream: "s2"),
                event(.resume, 4, stream: "s2"), event(.dtmf, 5, ["digit": "#", "duration": "0.25"]), event(.leave, 6),
            ]
        }
        let dialogs = try Self.list(Self.object(Self.container(record)), "dialog")
        #expect(dialogs[0]["party_history"] == nil)
        let history = try #require(dialogs[1]["party_history"] as? [[String: Any]])
        // A pause of the recording is no hold of the party.
        #expect(history.map { $0["event"] as? String } == ["join", "hold", "unhold", "keydown", "keyup", "drop"])
        #expect(history.compactMap { $0["button"] as? String } == ["#", "#"])
        #expect(history[4]["time"] as? String == "2026-01-01T00:00:05.250000000Z")
        #expect(history.allSatisfy { $0["party"] as? Int == 1 })
    }

    /// With two who stay, it is not known whom of them the transfer passed on.
    @Test(arguments: [1, 2]) func aTransferIsADialogOfItsOwn(others: Int) throws {
        let (start, moment) = ("2026-01-01T00:00:00.000000000Z", "2026-01-01T00:00:05.000000000Z")
        let record = Self.call {
            $0.participants = ["left", "came", "stayed", "stayed-too"].prefix(2 + others).map { id in
                var participant = ParticipantRecord(id: id, confidence: "signalled")
                participant.sessions = [.init(id: "S", start: id == "came" ? moment : start, end: id == "left" ? moment : nil)]
                return participant
            }
            $0.files = $0.participants.map { participant in
                let file = WrittenFile(path: "audio/\(participant.id).wav", bytes: 1, sha256: "", frames: 8000)
                return FileRecord(file, role: .participant, mediaType: "audio/wav", participants: [participant.id], sampleRate: 8000, channels: 1, offset: 0)
            }
            $0.events = [
                EventRecord(time: moment, offset: 5, type: .transfer, participants: ["left", "came"], stream: nil, detail: ["from": "left", "to": "came"])
            ]
        }
        let dialogs = try Self.list(Self.object(Self.container(record)), "dialog").filter { $0["type"] as? String == "transfer" }
        guard others == 1 else {
            #expect(dialogs.isEmpty)
            return
        }
        let transfer = try #require(dialogs.first)
        #expect(dialogs.count == 1 && transfer["start"] as? String == moment)
        #expect(["transferor", "transfer_target", "transferee"].map { transfer[$0] as? Int } == [0, 1, 2])
        #expect(transfer["original"] as? [Int] == [0, 2] && transfer["target_dialog"] as? [Int] == [1, 2])
        // Draft section "Dialog Transfer": no parties, no content.
        #expect(transfer.keys.sorted() == ["original", "start", "target_dialog", "transfer_target", "transferee", "transferor", "type"])
    }

    @Test func channelsAreToldApartWhereTheyAreKnown() throws {
        let both = FileRecord(
            WrittenFile(path: "audio/mix.wav", bytes: 1, sha256: "", frames: 1), role: .mix, mediaType: "audio/wav", participants: ["caller", "callee"],
            sampleRate: 8000, channels: 2)
        var mono = both
        mono.channels = 1
        mono.path = "audio/mono.wav"
        var stereo = both
        stereo.participants = ["callee"]
        stereo.path = "audio/stereo.wav"
        let dialogs = try Self.list(Self.object(Self.container(Self.call { $0.files = [both, mono, stereo] })), "dialog")
        #expect(dialogs.map { $0["parties"] as? [Int] } == [[0, 1], [0, 1], [1, 1]])
    }

    @Test func aRecordingWithoutMediaIsADialogWithoutContent() throws {
        let dialogs = try Self.list(Self.object(Self.container(Self.call { $0.files = [] })), "dialog")
        #expect(dialogs.count == 1 && dialogs[0]["filename"] == nil && dialogs[0]["parties"] as? [Int] == [0, 1])
    }

    @Test(arguments: [
        (["ab30317f1a784dc48ff824d0d3715d86;remote=47755a9de7794ba387653f2099600ef2"], ["local", "remote"]),
        (["ab30317f1a784dc48ff824d0d3715d86\r\n ;remote=47755a9de7794ba387653f2099600ef2"], ["local", "remote"]),
        (["1-2@192.0.2.1"], []), (["AB30317F1A784DC48FF824D0D3715D86"], []), ([], []),
        (["ab30317f1a784dc48ff824d0d3715d86", "47755a9de7794ba387653f2099600ef2"], []),
    ]) func onlyIdentifiersOfSessionsAreSessionIdentifiers(values: [String], keys: [String]) throws {
        let record = Self.call { $0.sessions[0].sipSessionIDs = values }
        let found = try Self.list(Self.object(Self.container(record)), "dialog").first?["session_id"] as? [String: String]
        #expect((found ?? [:]).keys.sorted() == keys)
    }

    @Test func nothingInNamesOrFindingsIsTakenForAFile() throws {
        let trap = "\"body\" : \"file:0\"\n"
        let record = Self.call {
            $0.participants[0].names = [.init(value: trap)]
            $0.findings[0].message = trap
        }
        let container = try Self.object(Self.container(record, VConRequest(content: .inline)))
        #expect(try Self.list(container, "parties")[0]["name"] as? String == trap)
        #expect(try Self.decoded(#require(Self.list(container, "dialog")[0]["body"] as? String)) == Array("audio/caller.wav".utf8))
    }

    @Test func withoutADigestThereIsNone() throws {
        #expect(VConFile.parts(of: Self.call(), Self.request) { _ in nil } == nil)
    }

    @Test func theSameRecordingGivesTheSameOctets() throws {
        #expect(try Self.container(Self.call()) == Self.container(Self.call()))
        let later = VConRequest(content: .file, createdAt: CaptureTime(nanoseconds: 0))
        #expect(try Self.object(Self.container(Self.call(), later))["created_at"] as? String == "1970-01-01T00:00:00.000000000Z")
    }

    @Test func theIdentifierIsOfVersionEightAndHoldsTheStart() throws {
        let start = CaptureTime(nanoseconds: 1_795_381_891_250_500_000)
        let id = try #require(VConIdentifier.ofRecording(id: "00112233aabbccdd", start: start, sha1: Self.digest))
        let octets = try #require(Hex.decode(id.filter { $0 != "-" }))
        #expect(octets.prefix(6).reduce(0) { $0 << 8 | Int($1) } == 1_795_381_891_250)
        #expect(octets[6] == 0x88 && octets[7] == 0x00 && octets[8] & 0xC0 == 0x80)
        #expect(id.split(separator: "-").map(\.count) == [8, 4, 4, 4, 12])
        #expect(VConIdentifier.ofRecording(id: "00112233aabbccde", start: start, sha1: Self.digest) != id)
    }

    @Test(arguments: [
        ("hVpd7YQgRW2nD22h7q60JQ==", "855a5ded-8420-456d-a70f-6da1eeaeb425"),
        ("urn:uuid:855A5DED-8420-456d-a70f-6da1eeaeb425", "855a5ded-8420-456d-a70f-6da1eeaeb425"),
        // 16 octets of text, random octets, a counter, a telephone number.
        ("ZjExNDNiMDAtNjk1MS0xMA==", nil), ("AavRXwIIQj1Q39eJulTipQ==", nil), ("00000000-0000-00d7-0000-000000000001", nil), ("+14155550100", nil), ("", nil),
    ]) func participantsKeepTheirIdentifiersWhereTheyAreSome(id: String, expected: String?) {
        #expect(VConIdentifier.ofParticipant(id) == expected)
    }
}
