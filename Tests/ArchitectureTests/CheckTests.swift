import Testing

/// Every check complains about a bad snippet and is silent about a good one.
@Suite struct CheckTests {
    static let table = ModuleTable(
        markdown: """
            text | that is | no table

            | layer | module | responsibility | may import |
            |---|---|---|---|
            | 0 | **Evidence** | values | — |
            | 1 | **SIPSyntax** | messages | Evidence |
            | 1 | **MediaCodecs** | audio | Evidence, `COpus` |
            | 2 | **SIPDialogs** | dialogs | Evidence, SIPSyntax |

            | layer | module | responsibility |
            | 3 | Other | no |
            """)

    @Test func theTableIsRead() {
        #expect(Self.table.rows.map(\.module) == ["Evidence", "SIPSyntax", "MediaCodecs", "SIPDialogs"])
        #expect(Self.table.row("SIPDialogs") == ModuleTable.Row(layer: 2, module: "SIPDialogs", mayImport: ["Evidence", "SIPSyntax"]))
        #expect(Self.table.row("MediaCodecs")?.mayImport == ["Evidence", "COpus"])
    }

    @Test(arguments: [
        ("import Evidence", []), ("package import Evidence\nimport Swift", []), ("// import Foundation", []), ("let a = \"import Foundation\"", []),
        ("import Foundation", ["line 1: SIPSyntax may not import Foundation"]), ("\n@preconcurrency import Glibc", ["line 2: SIPSyntax may not import Glibc"]),
        ("public import struct SIPDialogs.Dialog", ["line 1: SIPSyntax may not import SIPDialogs"]),
        ("@testable import SDPSyntax", ["line 1: SIPSyntax may not import SDPSyntax"]), ("import Darwin.C", ["line 1: SIPSyntax may not import Darwin"]),
    ]) func forbiddenImportsAreSeen(source: String, complaints: [String]) {
        #expect(Checks.imports(of: source, in: "SIPSyntax", table: Self.table) == complaints)
    }

    @Test func aModuleOutsideTheTableIsSeen() {
        #expect(Checks.imports(of: "", in: "Extra", table: Self.table) == ["Extra is not in the table of docs/architecture.md"])
    }

    @Test func targetsOutsideTheTableAreSeen() {
        let manifest = Manifest(
            source: """
                module("Evidence", []), module("SIPSyntax", ["Evidence", "SDPSyntax"]),
                module(
                    "SIPDialogs",
                    [
                        "Evidence", "SIPSyntax",
                    ]),
                .executableTarget(name: "tool", dependencies: ["Evidence", .product(name: "Parser", package: "swift-parser")]),
                """)
        #expect(manifest.targets.map(\.name) == ["Evidence", "SIPSyntax", "SIPDialogs", "tool"])
        #expect(manifest.targets.last?.dependencies == ["Evidence", "Parser"])
        #expect(
            Checks.manifest(manifest, table: Self.table) == [
                "target SIPSyntax may not depend on SDPSyntax", "target tool is not in the table", "row MediaCodecs has no target",
            ])
    }

    @Test func sidewaysAndUpwardRowsAreSeen() {
        let table = ModuleTable(
            markdown: """
                | layer | module | responsibility | may import |
                |---|---|---|---|
                | 0 | A | a | C |
                | 1 | B | b | A, D |
                | 1 | C | c | B |
                """)
        #expect(Checks.layers(Self.table) == [])
        #expect(Checks.layers(table) == ["A (layer 0) may not import C (layer 1)", "C (layer 1) may not import B (layer 1)"])
    }

    @Test func longFilesAreSeen() {
        #expect(Checks.length(of: String(repeating: "x\n", count: 500)) == [])
        #expect(Checks.length(of: String(repeating: "x\n", count: 501)) == ["501 lines; at most 500"])
        #expect(Checks.length(of: String(repeating: "x\n", count: 500) + "x") == ["501 lines; at most 500"])
    }

    /// Source, and the highest layer that must not use it; -1 for what all may.
    @Test(arguments: [
        ("let a = try! f()", 6), ("let a = b as! C", 6), ("    static var cache = [1]", 6), ("static var count: Int", 6),
        ("package static var a: Int = 1 { didSet {} }", 6),
        ("var shared = 1", 6), ("private var shared: Int?", 6), ("nonisolated(unsafe) var shared = 1", 6), ("@MainActor var shared = 1", 6),
        ("print(a)", 5), ("debugPrint(a)", 5), ("dump(a)", 5),
        ("fatalError()", 4), ("preconditionFailure(\"x\")", 4), ("precondition(a)", 4), ("assert(a > b)", 4), ("let a = Date()", 4),
        ("ProcessInfo.processInfo", 4),
        ("getenv(\"A\")", 4), ("x.environment", 4), ("FileManager.default", 4), ("let a = ContinuousClock.now", 4),
        ("static var limit: Int { 16 }", -1), ("    var local = 1", -1), ("let text = \"fatalError() \\(print(1))\"", -1), ("// print(a) and /* try! */", -1),
        ("/* outer /* fatalError() */ print() */", -1), ("let a = #\"try! \"quoted\" as!\"#", -1), ("let a = \"\"\"\nprint(1)\n\"\"\"", -1),
        ("blueprint(a)", -1),
        ("var computed: Int { 1 }", -1), ("try? f()", -1), ("a as? B", -1), ("static let a = 1", -1), ("reassert(a)", -1),
    ]) func forbiddenWordsAreSeenInTheirLayers(source: String, highest: Int) {
        for layer in 0...6 { #expect(Checks.words(of: source, layer: layer).isEmpty == (layer > highest), "layer \(layer)") }
    }

    @Test func complaintsNameTheLine() {
        #expect(Checks.words(of: "let a = \"\"\"\n\n\"\"\"\n/*\n*/ let b = try! c()", layer: 6) == ["line 5: try! traps"])
    }

    /// Files that are changed in a module that is as it should be, with the complaints; an empty text takes the file away.
    @Test(
        arguments: [
            ([:], []),
            (["Rules/SDP001.swift": ""], ["SDPSyntax/Rules/SDPSyntaxRules.swift: sdp001 is not a rule of SDPSyntax"]),
            (["Rules/SDPSyntaxRules.swift": ""], ["SDPSyntax/Rules/SDP001.swift: not on the list SDPSyntaxRules"]),
            (
                ["Rules/SDPSyntaxRules.swift": "enum A { static var all: [Rule] { [/* .sdp001 */] } }"],
                ["SDPSyntax/Rules/SDP001.swift: not on the list SDPSyntaxRules"]
            ),
            (["Line.swift": "let text = \".sdp001\" // .sdp001"], ["SDPSyntax/Rules/SDP001.swift: SDPSyntax does not raise it"]),
            (["Line.swift": "log.report(.sdp001, a)\nlog.report(.sip001, b)"], []),
            (["Rules/SDP001.swift": rule("sdp001", "SDP002")], ["SDPSyntax/Rules/SDP001.swift: holds [\"SDP002\"], not one rule SDP001"]),
            (
                ["Rules/SDP001.swift": rule("sdp001", "SDP001") + rule("sdp002", "SDP002")],
                ["SDPSyntax/Rules/SDP001.swift: holds [\"SDP001\", \"SDP002\"], not one rule SDP001"]
            ),
            (
                ["Rules/SDP001.swift": "extension Rule { static let sdp001 = Rule(code: \"SDP001\") }"],
                ["SDPSyntax/Rules/SDP001.swift: sdp001 is no computed property"]
            ),
            (["Rules/More.swift": rule("sdp002", "SDP002")], ["SDPSyntax/Rules/More.swift: a rule lies in Rules/<CODE>.swift, by itself"]),
            (["Line2.swift": rule("sdp002", "SDP002")], ["SDPSyntax/Line2.swift: a rule lies in Rules/<CODE>.swift, by itself"]),
            (["Rules/SDP/SDP002.swift": rule("sdp002", "SDP002")], ["SDPSyntax/Rules/SDP/SDP002.swift: a rule lies in Rules/<CODE>.swift, by itself"]),
        ] as [([String: String], [String])]) func rulesOutOfPlaceAreSeen(changed: [String: String], complaints: [String])
    {
        let files = [
            "Rules/SDP001.swift": Self.rule("sdp001", "SDP001"), "Rules/SDPSyntaxRules.swift": "enum A { static var all: [Rule] { [.sdp001] } }",
            "Line.swift": "log.report(.sdp001, a)",
        ].merging(changed) { $1 }.filter { !$0.value.isEmpty }
        #expect(Checks.rules(of: "SDPSyntax", files: files, catalogue: "SDPSyntaxRules.all") == complaints)
    }

    private static func rule(_ name: String, _ code: String) -> String { "extension Rule { static var \(name): Rule { Rule(code: \"\(code)\") } }" }

    @Test func aModuleOutsideTheCatalogueIsSeen() {
        #expect(Checks.rules(of: "SDPSyntax", files: ["Line.swift": ""], catalogue: "") == [])
        let one = ["Rules/SDP001.swift": Self.rule("sdp001", "SDP001"), "Rules/SDPSyntaxRules.swift": "[.sdp001]", "Line.swift": "a(.sdp001)"]
        #expect(Checks.rules(of: "SDPSyntax", files: one, catalogue: "SIPSyntaxRules.all") == ["SDPSyntaxRules.all is not in the catalogue"])
    }

    @Test func doubledCodesAreSeen() {
        #expect(Checks.duplicates(in: ["A", "B", "A", "A"]) == ["A is used twice", "A is used twice"])
    }
}
