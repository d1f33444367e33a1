import Evidence
import Testing

@testable import SIPDialogs

/// One row a rule: what breaks it, and that the sound session breaks none.
struct DialogRuleTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var clientTag = ";+sip.src"
        var option = true
        var offer = multipart(sdp("o", ["sendonly", "sendonly"], labels: ["1", "2"]))
        var type = multipartType
        var answer: String? = sdp("a", ["recvonly", "recvonly"])
        var status = "200"
        var hasEnd = true
        var transport = SignallingTransport.tls
        let codes: Set<String>
    }

    static let cases: [Case] = [
        Case(testDescription: "sound", codes: []),
        Case(testDescription: "no feature tag", clientTag: "", codes: ["DLG001"]),
        Case(testDescription: "no option tag", option: false, codes: ["DLG001"]),
        Case(testDescription: "refused", answer: "", status: "488", codes: ["DLG002"]),
        Case(testDescription: "no BYE", hasEnd: false, codes: ["DLG003"]),
        Case(
            testDescription: "no metadata", offer: sdp("o", ["sendonly"], labels: ["1"]), type: "application/sdp", answer: sdp("a", ["recvonly"]),
            codes: ["DLG005"]),
        Case(testDescription: "no disposition", offer: multipart(sdp("o", ["sendonly", "sendonly"], labels: ["1", "2"]), disposition: ""), codes: ["DLG006"]),
        Case(
            testDescription: "old media type", offer: multipart(sdp("o", ["sendonly", "sendonly"], labels: ["1", "2"]), type: "application/rs-metadata"),
            codes: ["DLG007"]),
        Case(
            testDescription: "made-up media type", offer: multipart(sdp("o", ["sendonly", "sendonly"], labels: ["1", "2"]), type: "text/xml"),
            codes: ["DLG011"]),
        Case(testDescription: "clear text", transport: .tcp, codes: ["DLG008"]),
        Case(testDescription: "no answer", answer: nil, codes: ["DLG009"]),
        Case(testDescription: "missing label", offer: multipart(sdp("o", ["sendonly", "sendonly"], labels: ["1"])), codes: ["SDP101"]),
        Case(testDescription: "same label twice", offer: multipart(sdp("o", ["sendonly", "sendonly"], labels: ["1", "1"])), codes: ["SDP102"]),
        Case(
            testDescription: "secure without key", offer: multipart(sdp("o", ["sendonly", "sendonly"], labels: ["1", "2"], profile: "RTP/SAVP")),
            codes: ["SDP104"]),
        Case(testDescription: "client sendrecv", offer: multipart(sdp("o", ["sendonly", "sendrecv"], labels: ["1", "2"])), codes: ["SDP106"]),
        Case(testDescription: "server sendrecv", answer: sdp("a", ["recvonly", "sendrecv"]), codes: ["SDP107"]),
        Case(testDescription: "short answer", answer: sdp("a", ["recvonly"]), codes: ["SDP108"]),
    ]

    @Test(arguments: cases)
    func ruleIsReportedWhereItIsBroken(_ item: Case) {
        var script = DialogScript()
        script.transport = item.transport
        script.clientTag = item.clientTag
        script.serverTag = ""
        script.isRecording = item.option
        script.send("INVITE", cseq: 1, type: item.type, body: item.offer)
        if let answer = item.answer {
            script.send(item.status, cseq: 1, by: .server, to: "s", body: answer)
            if item.status == "200", item.hasEnd { script.send("BYE", cseq: 2, "BYE", to: "s") }
        }
        _ = script.dialogs()
        #expect(script.codes == item.codes)
        for finding in script.findings.sorted { #expect(finding.subject.callID == "c1@test" && finding.first != nil) }
    }
}
