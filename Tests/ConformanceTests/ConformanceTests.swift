import Evidence
import RecordingMetadata
import SIPDialogs
import SIPSyntax
import Testing

@testable import Conformance

/// A recording session, one message a second, between a client at 192.0.2.1 and a server at 192.0.2.2.
private struct Script {
    var table = DialogTable(limits: Limits())
    var log = FindingLog()
    var frame: UInt32 = 0
    var second: Int64 = 0

    mutating func send(_ step: Step) {
        frame += 1
        second += step.wait
        let isRequest = Int(step.line) == nil
        let isClient = step.sender == .client
        let requester: Side = isRequest == isClient ? .client : .server
        let tagged = step.line == "INVITE" && step.cseq == 1 && isRequest ? "" : ";tag=s"
        var lines = [isRequest ? "\(step.line) sip:x@test SIP/2.0" : "SIP/2.0 \(step.line) Text"]
        lines.append("Via: SIP/2.0/TLS test;branch=z9\(step.cseq)\(step.method)\(requester)")
        lines.append(requester == .client ? "From: <sip:a@test>;tag=c" : "From: <sip:b@test>;tag=s")
        lines.append(requester == .client ? "To: <sip:b@test>\(tagged)" : "To: <sip:a@test>;tag=c")
        lines += ["Call-ID: c1@test", "CSeq: \(step.cseq) \(step.method)", "Contact: <sip:\(step.sender)@test>\(step.tag)", "Require: siprec"] + step.more
        if !step.body.isEmpty { lines.append("Content-Type: \(step.type)") }
        lines += ["Content-Length: \(step.body.utf8.count)", "", step.body]
        let client = Endpoint(IPAddress(v4: 0xC000_0201), 5061)
        let server = Endpoint(IPAddress(v4: 0xC000_0202), 5061)
        let path = NetworkPath(source: isClient ? client : server, destination: isClient ? server : client)
        let time = CaptureTime(nanoseconds: second * 1_000_000_000)
        guard let message = SIPMessage(parsing: Array(lines.joined(separator: "\r\n").utf8), limits: Limits()) else { return }
        table.add(
            message, path: path, transport: .tls, time: time, origins: OriginMap(Origin(capture: 0, frame: frame), at: time), findings: &log)
    }
}

struct Step: Sendable {
    var line: String
    var cseq: Int
    var method = "INVITE"
    var sender = Side.client
    var tag = ";+sip.src"
    var type = "multipart/mixed;boundary=b"
    var body = ""
    var wait: Int64 = 1
    var more: [String] = []

    static let ack = Step(line: "ACK", cseq: 1, method: "ACK")
    static let bye = Step(line: "BYE", cseq: 90, method: "BYE")

    static func invite(_ body: String, type: String = "multipart/mixed;boundary=b") -> Step { Step(line: "INVITE", cseq: 1, type: type, body: body) }
    static func ok(_ body: String = sdp(["recvonly", "recvonly"], labels: []), tag: String = ";+sip.srs") -> Step {
        Step(line: "200", cseq: 1, sender: .server, tag: tag, type: "application/sdp", body: body)
    }
}

private func sdp(_ directions: [String] = ["sendonly", "sendonly"], labels: [String] = ["1", "2"], version: Int = 1, extra: [[String]] = []) -> String {
    var lines = ["v=0", "o=- 1 \(version) IN IP4 192.0.2.9", "s=-", "c=IN IP4 192.0.2.9", "t=0 0"]
    for (index, direction) in directions.enumerated() {
        lines += ["m=audio \(4000 + 2 * index) RTP/AVPF 0", "a=\(direction)"]
        if index < labels.count { lines.append("a=label:\(labels[index])") }
        if index < extra.count { lines += extra[index] }
    }
    return lines.joined(separator: "\r\n") + "\r\n"
}

private let inner = """
    <session session_id="AAAAAAAAQACAAAAAAAAAAQ=="><start-time>2024-01-01T10:00:00Z</start-time></session>\
    <participant participant_id="AAAAAAAAQACAAAAAAAAAAg=="><nameID aor="sip:a@test"/></participant>\
    <stream stream_id="AAAAAAAAQACAAAAAAAAAAw==" session_id="AAAAAAAAQACAAAAAAAAAAQ=="><label>1</label></stream>\
    <stream stream_id="AAAAAAAAQACAAAAAAAAABA==" session_id="AAAAAAAAQACAAAAAAAAAAQ=="><label>2</label></stream>\
    <participantsessionassoc participant_id="AAAAAAAAQACAAAAAAAAAAg==" session_id="AAAAAAAAQACAAAAAAAAAAQ=="/>
    """

private func xml(_ inner: String = inner, mode: String = "complete") -> String {
    "<?xml version=\"1.0\"?><recording xmlns=\"urn:ietf:params:xml:ns:recording:1\"><datamode>\(mode)</datamode>\(inner)</recording>"
}

private let metadataHead = "Content-Type: application/rs-metadata+xml\r\nContent-Disposition: recording-session\r\n"

private func both(_ description: String = sdp(), _ document: String = xml()) -> String {
    "--b\r\nContent-Type: application/sdp\r\n\r\n\(description)\r\n--b\r\n\(metadataHead)\r\n\(document)\r\n--b--\r\n"
}

private func alone(_ document: String) -> String { "--b\r\n\(metadataHead)\r\n\(document)\r\n--b--\r\n" }

private func update(_ cseq: Int, _ body: String, by sender: Side = .client, wait: Int64 = 1, tag: String? = nil, method: String = "UPDATE") -> Step {
    Step(line: method, cseq: cseq, method: method, sender: sender, tag: tag ?? (sender == .client ? ";+sip.src" : ";+sip.srs"), body: body, wait: wait)
}

private let key = "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNk"
private let request = "<?xml version=\"1.0\"?><requestsnapshot xmlns=\"urn:ietf:params:xml:ns:recording:1\"/>"

/// One row a rule: what breaks it, and that the sound session breaks none.
struct ConformanceTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let steps: [Step]
        let codes: Set<String>
        var frame: UInt32?
    }

    static let cases: [Case] = [
        Case(testDescription: "sound", steps: [.invite(both()), .ok(), .ack, .bye], codes: []),
        Case(testDescription: "server without tag", steps: [.invite(both()), .ok(tag: ""), .ack, .bye], codes: ["REC001"], frame: 2),
        Case(
            testDescription: "client drops tag", steps: [.invite(both()), .ok(), .ack, update(2, alone(xml("", mode: "partial")), tag: "")], codes: ["REC002"],
            frame: 4),
        Case(
            testDescription: "server adds a line",
            steps: [
                .invite(both()), .ok(), .ack,
                Step(
                    line: "INVITE", cseq: 5, sender: .server, tag: ";+sip.srs", type: "application/sdp",
                    body: sdp(["recvonly", "recvonly", "recvonly"], labels: [], version: 2)),
            ],
            codes: ["REC004"], frame: 4),
        Case(
            testDescription: "late metadata", steps: [.invite(sdp(), type: "application/sdp"), .ok(), .ack, update(2, both(), wait: 9)], codes: ["REC005"],
            frame: 4),
        Case(
            testDescription: "metadata in INFO", steps: [.invite(both()), .ok(), .ack, update(2, alone(xml("", mode: "partial")), method: "INFO")],
            codes: ["REC006"], frame: 4),
        Case(testDescription: "labels without description", steps: [.invite(both()), .ok(), .ack, update(2, alone(xml()))], codes: ["REC007"], frame: 4),
        Case(
            testDescription: "alternative parts", steps: [.invite(both(), type: "multipart/alternative;boundary=b"), .ok(), .ack, .bye], codes: ["REC008"],
            frame: 1),
        Case(
            testDescription: "request by INFO",
            steps: [.invite(both()), .ok(), .ack, update(7, alone(request), by: .server, method: "INFO"), update(2, both())],
            codes: ["REC009"], frame: 4),
        Case(
            testDescription: "request unanswered", steps: [.invite(both()), .ok(), .ack, update(7, alone(request), by: .server), .bye], codes: ["REC010"],
            frame: 4),
        Case(testDescription: "request answered", steps: [.invite(both()), .ok(), .ack, update(7, alone(request), by: .server), update(2, both())], codes: []),
        Case(
            testDescription: "metadata from the server", steps: [.invite(both()), .ok(), .ack, update(7, alone(xml("", mode: "partial")), by: .server)],
            codes: ["REC011"], frame: 4),
        Case(
            testDescription: "glare without retry",
            steps: [
                .invite(both()), .ok(), .ack, update(2, alone(xml("", mode: "partial"))),
                Step(line: "491", cseq: 2, method: "UPDATE", sender: .server, tag: ";+sip.srs"),
            ], codes: ["REC012"], frame: 5),
        Case(
            testDescription: "overtaken metadata",
            steps: [
                .invite(both()), .ok(), .ack, update(3, alone(xml("", mode: "partial"))),
                update(2, alone(xml("", mode: "partial"))),
            ], codes: ["REC013"], frame: 5),
        Case(testDescription: "a=record", steps: [.invite(both(sdp(extra: [["a=record:paused"]]))), .ok(), .ack], codes: ["REC015"], frame: 1),
        Case(testDescription: "odd a=record", steps: [.invite(both(sdp(extra: [["a=record:ON"]]))), .ok(), .ack], codes: ["REC014", "REC015"], frame: 1),
        Case(
            testDescription: "lines disappear",
            steps: [
                .invite(both()), .ok(), .ack,
                Step(line: "INVITE", cseq: 2, type: "application/sdp", body: sdp(["sendonly"], labels: ["1"], version: 2)),
            ], codes: ["REC016"], frame: 4),
        Case(
            testDescription: "same version",
            steps: [
                .invite(both()), .ok(), .ack,
                Step(line: "INVITE", cseq: 2, type: "application/sdp", body: sdp(["inactive", "sendonly"])),
            ], codes: ["REC017"], frame: 4),
        Case(
            testDescription: "label no token",
            steps: [.invite(both(sdp(labels: ["1", "Ann Bee"]), xml(inner.replacingAll("<label>2<", "<label>Ann Bee<")))), .ok(), .ack],
            codes: ["REC018"], frame: 1),
        Case(testDescription: "one key twice", steps: [.invite(both(sdp(extra: [[key], [key]]))), .ok(), .ack], codes: ["REC019"], frame: 1),
        Case(
            testDescription: "other tag",
            steps: [
                .invite(both(sdp(extra: [[key]]))),
                .ok(sdp(["recvonly", "recvonly"], labels: [], extra: [[key.replacingAll("crypto:1", "crypto:7")]])), .ack,
            ], codes: ["REC020"], frame: 2),
        Case(testDescription: "no encryption", steps: [.invite(both(sdp(extra: [[key + " UNENCRYPTED_SRTP"]]))), .ok(), .ack], codes: ["REC021"], frame: 1),
        Case(testDescription: "sent five times", steps: Array(repeating: .invite(both()), count: 5) + [.ok(), .ack], codes: ["REC025"], frame: 5),
        Case(
            testDescription: "unknown label", steps: [.invite(both(sdp(), xml(inner.replacingAll("<label>2<", "<label>9<")))), .ok(), .ack],
            codes: ["REC026", "REC027"], frame: 1),
        Case(
            testDescription: "empty group", steps: [.invite(both(sdp(), xml("<group group_id=\"AAAAAAAAQACAAAAAAAAACQ==\"/>" + inner))), .ok(), .ack],
            codes: ["REC028"], frame: 1),
        Case(
            testDescription: "participant in no session",
            steps: [.invite(both(sdp(), xml(inner.replacingAll("participantsessionassoc", "other")))), .ok(), .ack],
            codes: ["REC029"], frame: 1),
        Case(
            testDescription: "times reversed",
            steps: [
                .invite(
                    both(
                        sdp(),
                        xml(
                            inner.replacingAll("</start-time>", "</start-time><stop-time>2024-01-01T09:00:00Z</stop-time>")))), .ok(), .ack,
            ], codes: ["REC030"], frame: 1),
        Case(
            testDescription: "siprec in Supported",
            steps: [
                Step(line: "INVITE", cseq: 1, type: "multipart/mixed;boundary=b", body: both(), more: ["Supported: timer, siprec"]), .ok(), .ack,
            ], codes: ["REC031"], frame: 1),
        Case(
            testDescription: "update while the offer is open",
            steps: [
                .invite(both()), .ok(), .ack, Step(line: "INVITE", cseq: 2, type: "application/sdp", body: sdp(version: 2)),
                update(3, alone(xml("", mode: "partial"))),
            ], codes: ["REC032"], frame: 5),
        Case(
            testDescription: "timer ran out",
            steps: [
                .invite(both()),
                Step(
                    line: "200", cseq: 1, sender: .server, tag: ";+sip.srs", type: "application/sdp",
                    body: sdp(["recvonly", "recvonly"], labels: []), more: ["Session-Expires: 90;refresher=uac"]), .ack,
                Step(line: "BYE", cseq: 90, method: "BYE", wait: 200),
            ], codes: ["REC033"], frame: 2),
        Case(
            testDescription: "timer refreshed",
            steps: [
                .invite(both()),
                Step(
                    line: "200", cseq: 1, sender: .server, tag: ";+sip.srs", type: "application/sdp",
                    body: sdp(["recvonly", "recvonly"], labels: []), more: ["Session-Expires: 90;refresher=uac"]), .ack,
                Step(line: "UPDATE", cseq: 2, method: "UPDATE", wait: 45),
                Step(line: "200", cseq: 2, method: "UPDATE", sender: .server, tag: ";+sip.srs", more: ["Session-Expires: 90"]),
                Step(line: "BYE", cseq: 90, method: "BYE", wait: 60),
            ], codes: []),
        Case(
            testDescription: "stream of a rejected line",
            steps: [.invite(both()), .ok(sdp(["recvonly", "recvonly"], labels: []).replacingAll("m=audio 4002", "m=audio 0")), .ack],
            codes: ["REC036"], frame: 1),
        Case(
            testDescription: "description of another type",
            steps: [.invite(both().replacingAll("application/sdp", "text/plain")), .ok(), .ack], codes: ["REC037"], frame: 1),
        Case(
            testDescription: "old key at a new port",
            steps: [
                .invite(both(sdp(extra: [[key]]))), .ok(sdp(["recvonly", "recvonly"], labels: [], extra: [[key]])), .ack,
                Step(
                    line: "INVITE", cseq: 2, type: "application/sdp",
                    body: sdp(version: 2, extra: [[key]]).replacingAll("m=audio 4000", "m=audio 6000")),
            ], codes: ["REC038"], frame: 4),
        Case(
            testDescription: "payload type of RTCP",
            steps: [
                .invite(both(sdp(extra: [["a=rtcp-mux", "a=rtpmap:72 opus/48000/2"]]).replacingAll("4000 RTP/AVPF 0", "4000 RTP/AVPF 72"))), .ok(), .ack,
            ], codes: ["REC039"], frame: 1),
        Case(
            testDescription: "picture by INFO",
            steps: [
                .invite(both()), .ok(), .ack,
                Step(line: "INFO", cseq: 7, method: "INFO", sender: .server, tag: ";+sip.srs", type: "application/media_control+xml", body: "<media_control/>"),
            ], codes: ["REC040"], frame: 4),
        Case(
            testDescription: "profile without feedback", steps: [.invite(both(sdp().replacingAll("RTP/AVPF", "RTP/AVP"))), .ok(), .ack], codes: ["REC053"],
            frame: 1),
        Case(
            testDescription: "metadata in the answer to UPDATE",
            steps: [
                .invite(both()), .ok(), .ack, update(7, alone(request), by: .server),
                Step(line: "200", cseq: 7, method: "UPDATE", body: alone(xml("", mode: "partial"))), update(2, both()),
            ], codes: ["REC042"], frame: 5),
        Case(
            testDescription: "unknown content", steps: [.invite(both(sdp(extra: [["a=content:stage"], ["a=content:main"]]))), .ok(), .ack], codes: ["REC054"],
            frame: 1),
    ]

    @Test(arguments: cases)
    func ruleIsReportedWhereItIsBroken(_ item: Case) throws {
        var script = Script()
        for step in item.steps { script.send(step) }
        let dialogs = script.table.finish(findings: &script.log)
        let dialog = try #require(dialogs.first)
        var log = FindingLog()
        let documents = dialog.metadata.map { RecordingDocument(parsing: $0.octets, limits: Limits()) }
        Conformance.report(SessionEvidence(dialog: dialog, documents: documents, flows: [], limits: Limits()), to: &log)
        #expect(Set(log.sorted.map(\.rule.code)) == item.codes, "\(log.sorted.map(\.message))")
        for finding in log.sorted {
            #expect(finding.subject.callID == "c1@test")
            #expect(finding.first?.frame == item.frame)
        }
    }

    @Test func everyRuleHasOneCheck() {
        let checked = (Conformance.checks.flatMap(\.rules) + Conformance.conversationChecks.flatMap(\.rules)).map(\.code)
        #expect(Set(checked).count == checked.count)
        #expect(checked.sorted() == ConformanceRules.all.map(\.code))
    }
}

extension String {
    /// The text with every `old` replaced, without Foundation.
    fileprivate func replacingAll(_ old: String, _ new: String) -> String {
        var out = ""
        var rest = self[...]
        while !rest.isEmpty {
            if rest.hasPrefix(old) {
                out += new
                rest = rest.dropFirst(old.count)
            } else {
                out.append(rest.removeFirst())
            }
        }
        return out
    }
}
