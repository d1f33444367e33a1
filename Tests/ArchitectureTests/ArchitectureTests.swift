import Testing

/// The rules of docs/architecture.md, checked against the checkout. That each check can complain is shown in CheckTests.
@Suite struct ArchitectureTests {
    @Test func theTableIsThere() throws {
        let table = try Checkout.table()
        #expect(table.rows.count >= 10)
        #expect(table.row("Evidence")?.mayImport == [])
    }

    @Test func importsGoOnlyDown() throws {
        #expect(Checks.layers(try Checkout.table()) == [])
    }

    @Test func targetsFollowTheTable() throws {
        let manifest = Manifest(source: try Checkout.text("Package.swift"))
        #expect(manifest.targets.count >= 10)
        #expect(Checks.manifest(manifest, table: try Checkout.table()) == [])
    }

    @Test func sourcesFollowTheTable() throws {
        let table = try Checkout.table()
        var complaints: [String] = []
        for path in try Checkout.swiftFiles(below: "Sources") {
            let source = try Checkout.text("Sources/\(path)")
            let module = String(path.prefix { $0 != "/" })
            let layer = table.row(module)?.layer ?? 0
            complaints +=
                (Checks.imports(of: source, in: module, table: table) + Checks.words(of: source, layer: layer)
                + Checks.process(ofSwift: source, layer: layer)).map { "\(path): \($0)" }
        }
        #expect(complaints == [])
    }

    /// A target of C is in no row, so it is below all that are, the file of late loading too.
    @Test func cNeitherPrintsNorEndsTheProcess() throws {
        let table = try Checkout.table()
        let files = try Checkout.cFiles(below: "Sources").filter { (table.row(String($0.prefix { $0 != "/" }))?.layer ?? 0) <= 4 }
        #expect(files.count >= 10)
        #expect(files.contains("LateLibraries/LateLibraries.c"))
        var complaints: [String] = []
        for path in files { complaints += Checks.process(ofC: try Checkout.text("Sources/\(path)")).map { "\(path): \($0)" } }
        #expect(complaints == [])
    }

    /// Modules that are being taken apart.
    static let unfinished: Set<String> = [
        "Reconstruction", "RecordingRecords", "PacketInput", "CaptureSurvey", "RecordingPlan", "RecordingPlanner", "RecordingRender", "RecordingAccount",
        "CaptureCarve", "RecordingFiles", "RecordingMetadata", "Siprecap", "SiprecapCommand", "siprecap",
    ]

    @Test func foldersFollowTheTable() throws {
        let table = FolderTable(markdown: try Checkout.text("docs/architecture.md"))
        var complaints = Checks.circles(table)
        for (module, files) in try Checkout.modules().sorted(by: { $0.key < $1.key }) where !Self.unfinished.contains(module) {
            complaints += Checks.folders(of: module, FolderArrows(files), table: table)
        }
        #expect(complaints == [])
    }

    @Test func noModuleIsTooLarge() throws {
        var complaints: [String] = []
        for (module, files) in try Checkout.modules() where !Self.unfinished.contains(module) {
            complaints += Checks.size(of: module, lines: files.reduce(0) { $0 + Checks.lines(of: $1.source) })
        }
        #expect(complaints == [])
    }

    @Test func noFileIsTooLong() throws {
        var complaints: [String] = []
        for folder in ["Sources", "Tests"] {
            for path in try Checkout.swiftFiles(below: folder) {
                complaints += Checks.length(of: try Checkout.text("\(folder)/\(path)")).map { "\(folder)/\(path): \($0)" }
            }
        }
        #expect(complaints == [])
    }

    @Test func everyRuleIsAtHome() throws {
        let folder = "Sources/Evidence/Rules"
        var complaints: [String] = []
        var codes: [String] = []
        for path in try Checkout.swiftFiles(below: folder) where path.contains("/") && !path.hasSuffix("Catalogue.swift") {
            let area = path.prefix { $0 != "/" }
            let source = try Checkout.text("\(folder)/\(path)")
            complaints += Checks.rule(path: path, source: source, catalogue: (try? Checkout.text("\(folder)/\(area)/\(area)Catalogue.swift")) ?? "")
            codes += source.matches(of: /code: "([^"]*)"/).map { String($0.1) }
        }
        #expect(complaints + Checks.duplicates(in: codes) == [])
    }
}
