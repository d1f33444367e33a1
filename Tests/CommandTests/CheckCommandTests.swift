import Foundation
import Testing

/// `siprecap check` as a user sees it.
struct CheckCommandTests {
    static let folder = Checkout.root.appendingPathComponent("Tests/CommandTests/Fixtures/deviations")
    static func capture(_ name: String) -> String { folder.appendingPathComponent(name + ".pcap").path }

    struct Report: Decodable {
        struct Place: Decodable {
            let capture: String
            let frame: Int?
        }
        struct Finding: Decodable {
            let rule: String
            let severity: String
            let first: Place?
        }
        struct Source: Decodable {
            let line: Int
            let column: Int
            let text: String
        }
        struct Item: Decodable {
            let finding: Finding
            let source: Source?
        }
        struct Group: Decodable {
            let recording: String?
            let callIDs: [String]
            let items: [Item]
        }
        struct Totals: Decodable {
            let errors: Int
            let warnings: Int
            let infos: Int
        }
        let groups: [Group]
        let totals: Totals

        var items: [Item] { groups.flatMap(\.items) }
        var rules: Set<String> { Set(items.map(\.finding.rule)) }
    }

    private func report(_ arguments: [String]) throws -> Report {
        let run = try CommandRun(["check", "--json"] + arguments)
        return try JSONDecoder().decode(Report.self, from: Data(run.output.utf8))
    }

    // MARK: What is wrong, and where

    struct Deviation: Sendable, CustomTestStringConvertible {
        let capture: String
        /// Rule and what stands at the place, in the order of the report; nothing else is found but
        /// what goes for all of them: metadata in clear text (DLG008) and a profile without feedback (REC053).
        let findings: [(rule: String, text: String)]
        var frame = 1
        var testDescription: String { capture }
    }

    static let deviations: [Deviation] = [
        Deviation(capture: "26-a-no-disposition", findings: [("DLG006", "<?xml version=")]),
        Deviation(capture: "26-b-draft-ns", findings: [("MET002", "<recording xmlns=\"urn:ietf:params:xml:ns:recording\">"), ("MET047", "<dataMode>")]),
        Deviation(capture: "26-c-cube", findings: [("MET041", "<session "), ("MET010", "<stream ")]),
        Deviation(capture: "26-d-plain-ids", findings: [("MET006", "<group group_id=\"f6dfdac8-")]),
        Deviation(capture: "26-e-prefix-ext", findings: []),
        Deviation(capture: "26-f-old-type", findings: [("DLG007", "<?xml version=")]),
        Deviation(capture: "26-g-part-order", findings: []),
        Deviation(capture: "26-h-utf8-bom", findings: [("MET048", "\u{FEFF}<?xml ")]),
        Deviation(capture: "27-a-truncated-xml", findings: [("MET001", ""), ("MAT004", "m=audio "), ("MAT004", "m=audio ")]),
        Deviation(capture: "27-b-wrong-boundary", findings: [("SIP005", "--b211f316fba08")]),
        Deviation(capture: "27-c-content-length-long", findings: [("SIP001", "--b681c6528a037")]),
        Deviation(capture: "27-d-content-length-short", findings: [("SIP007", "gDWq+Q==\">")]),
        Deviation(
            capture: "27-e-missing-label", findings: [("SDP101", "m=audio 27554 "), ("REC026", "<stream "), ("MAT005", "m=audio ")]),
        Deviation(
            capture: "27-f-label-mismatch", findings: [("REC026", "<stream stream_id="), ("MAT005", "m=audio "), ("REC027", "m=audio 27562 ")]),
        Deviation(
            capture: "27-g-duplicate-label", findings: [("MAT005", "m=audio "), ("MAT010", "m=audio "), ("SDP102", "m=audio 27570 ")]),
        Deviation(capture: "27-h-xml-bomb", findings: [("MET012", "<!DOCTYPE "), ("MAT004", "m=audio "), ("MAT004", "m=audio ")]),
        Deviation(capture: "27-i-no-metadata", findings: [("DLG005", "INVITE "), ("MAT004", "m=audio "), ("MAT004", "m=audio ")]),
        Deviation(capture: "27-j-dangling-ids", findings: [("MET007", "<participantstreamassoc ")]),
        Deviation(capture: "27-k-invalid-utf8", findings: [("MET001", "\u{FFFD} Grace")]),
        Deviation(capture: "27-l-short-answer", findings: [("SDP108", "v=0")], frame: 3),
    ]

    @Test(arguments: deviations) func `a deviation is named at its frame and octet, and nothing else`(_ deviation: Deviation) throws {
        let report = try report([Self.capture(deviation.capture)])
        let items = report.items.filter { !["DLG008", "REC053"].contains($0.finding.rule) }
        try #require(items.map(\.finding.rule) == deviation.findings.map(\.rule))
        for (item, expected) in zip(items, deviation.findings) {
            #expect(item.finding.first?.frame == deviation.frame)
            let source = try #require(item.source)
            // What is no UTF-8 is one octet in the message and three in the excerpt; none stands before a place here.
            #expect(String(decoding: Array(source.text.utf8.dropFirst(source.column - 1)), as: UTF8.self).hasPrefix(expected.text), "\(source)")
        }
    }

    @Test(arguments: ["01-basic-pcmu-udp", "04-opus-dtx", "05-tcp-big-metadata", "06-udp-ip-fragments", "08-sdes-32-aes256-mki", "11-hold-resume"])
    func `a recording session as it should be has notes only`(_ sample: String) throws {
        let report = try report(Checkout.capture(of: sample))
        #expect(report.totals.errors == 0 && report.totals.warnings == 0 && report.rules.isSubset(of: ["DLG008", "REC053", "SRT008"]), "\(report.rules)")
    }

    @Test func `the caret stands under the octet that the finding names`() throws {
        let run = try CommandRun(["check", Self.capture("27-k-invalid-utf8"), Self.capture("27-g-duplicate-label")])
        let lines = run.output.components(separatedBy: "\n")
        for (code, shown) in [("MET001", "\u{FFFD}"), ("SDP102", "m=audio 27570")] {
            let at = try #require(lines.firstIndex { $0.contains(" \(code) ") })
            let caret = try #require(lines[at + 2].firstIndex(of: "^"))
            #expect(lines[at + 2].allSatisfy { $0 == " " || $0 == "^" })
            let column = lines[at + 2].distance(from: lines[at + 2].startIndex, to: caret)
            #expect(lines[at + 1].dropFirst(column).hasPrefix(shown), "\(lines[at + 1])\n\(lines[at + 2])")
        }
    }

    // MARK: Order

    @Test func `findings stand by recording, the worst first, whatever the order of the inputs`() throws {
        let inputs = ["26-f-old-type", "27-c-content-length-long", "27-l-short-answer", "26-e-prefix-ext", "27-h-xml-bomb"].map(Self.capture)
        let report = try report(inputs)
        #expect(report.groups.count == inputs.count && Set(report.groups.compactMap(\.recording)).count == inputs.count)
        let rank = ["error": 0, "warning": 1, "info": 2]
        let worst = try report.groups.map { group in
            let ranks = group.items.compactMap { rank[$0.finding.severity] }
            #expect(ranks == ranks.sorted())
            #expect(Set(group.items.compactMap(\.finding.first?.capture)).count == 1)
            return try #require(ranks.first)
        }
        #expect(worst == worst.sorted() && Set(worst) == [0, 1, 2])
        #expect(report.totals.errors == 2)
        let texts = try [inputs, inputs.reversed()].map { try CommandRun(["check"] + $0).output }
        #expect(texts[0] == texts[1])
        func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
        let totals = "\(counted(report.totals.errors, "error")), \(counted(report.totals.warnings, "warning")), \(counted(report.totals.infos, "note"))"
        #expect(texts[0].hasSuffix(totals + "; siprecap explain CODE tells more\n"))
        // A recording's line names its dialog, and its findings are indented below.
        let ids = try #require(report.groups.first?.callIDs.first)
        #expect(texts[0].components(separatedBy: "\n")[0].hasSuffix(ids))
    }

    @Test func `what belongs to no recording has a group of its own`() throws {
        let scratch = try Scratch()
        let whole = try Data(contentsOf: URL(fileURLWithPath: Self.capture("26-e-prefix-ext")))
        try whole.dropLast(3).write(to: scratch.url.appendingPathComponent("cut.pcap"))
        let report = try report([scratch.path("cut.pcap")])
        #expect(report.groups.first { $0.recording == nil }?.items.map(\.finding.rule) == ["CAP001"])
        #expect(try CommandRun(["check", scratch.path("cut.pcap")]).output.contains("captures\n  error   CAP001 cut.pcap"))
    }

    // MARK: Choice

    @Test(arguments: [
        (["--select", "REC"], ["REC026", "REC027", "REC053"]), (["--select", "rec027, MAT"], ["MAT005", "REC027"]), (["--ignore", "REC,DLG"], ["MAT005"]),
        (["--select", "REC", "--ignore", "REC027"], ["REC026", "REC053"]), (["--select", "REC027", "--ignore", "REC"], ["REC027"]),
        (["--select", "TLS"], []), ([], ["DLG008", "MAT005", "REC026", "REC027", "REC053"]),
    ]) func `codes and their beginnings choose; the longer one decides`(_ options: [String], _ rules: [String]) throws {
        #expect(try report(options + [Self.capture("27-f-label-mismatch")]).rules == Set(rules))
    }

    @Test func `a code that no rule begins with is refused`() throws {
        for option in ["--select", "--ignore"] {
            let run = try CommandRun(["check", option, "REC,XYZ", Self.capture("26-e-prefix-ext")])
            #expect(run.status == 2 && run.errors.contains("XYZ") && run.errors.contains("explain --list") && run.output.isEmpty)
        }
        #expect(try CommandRun(["check", "--json", "--sarif", Self.capture("26-e-prefix-ext")]).status == 2)
    }

    @Test(arguments: [
        ("27-f-label-mismatch", [], 1), ("27-f-label-mismatch", ["--fail-on", "never"], 0), ("27-f-label-mismatch", ["--ignore", "REC026"], 0),
        ("27-f-label-mismatch", ["--ignore", "REC026", "--fail-on", "warning"], 1), ("27-c-content-length-long", [], 0),
        ("27-c-content-length-long", ["--fail-on", "warning"], 1), ("26-f-old-type", ["--fail-on", "warning"], 0),
        ("26-f-old-type", ["--fail-on", "info"], 2), ("26-f-old-type", ["--until", "2020-01-01T00:00:00Z"], 1),
    ]) func `the exit status is that of the worst finding shown`(_ capture: String, _ options: [String], _ status: Int32) throws {
        for format in [[], ["--json"], ["--sarif"]] { #expect(try CommandRun(["check"] + format + options + [Self.capture(capture)]).status == status) }
    }

    @Test func `what is no capture is named and ends with status 2`() throws {
        let run = try CommandRun(["check", Checkout.root.appendingPathComponent("README.md").path])
        #expect(run.status == 2 && run.errors.contains("README.md") && run.errors.contains("CAP007"))
    }

    // MARK: For programs

    @Test func `SARIF says the same as JSON`() throws {
        let inputs = Self.deviations.map { Self.capture($0.capture) }
        let report = try report(inputs)
        let run = try CommandRun(["check", "--sarif"] + inputs)
        let log = try #require(JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
        let first = try #require((log["runs"] as? [[String: Any]])?.first)
        let results = try #require(first["results"] as? [[String: Any]])
        #expect(results.compactMap { $0["ruleId"] as? String } == report.items.map(\.finding.rule))
        let levels = ["error": "error", "warning": "warning", "info": "note"]
        #expect(results.compactMap { $0["level"] as? String } == report.items.compactMap { levels[$0.finding.severity] })
        let driver = try #require((first["tool"] as? [String: Any])?["driver"] as? [String: Any])
        let rules = try #require(driver["rules"] as? [[String: Any]]).compactMap { $0["id"] as? String }
        #expect(Set(rules) == report.rules && rules.count == report.rules.count)
        for result in results {
            let index = try #require(result["ruleIndex"] as? Int)
            #expect(rules[index] == result["ruleId"] as? String)
            #expect((result["locations"] as? [Any])?.count == 1)
        }
    }
}
