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

    @Test func foldersFollowTheTable() throws {
        let table = FolderTable(markdown: try Checkout.text("docs/architecture.md"))
        var complaints = Checks.circles(table)
        for (module, files) in try Checkout.modules().sorted(by: { $0.key < $1.key }) {
            complaints += Checks.folders(of: module, FolderArrows(files), table: table)
        }
        #expect(complaints == [])
    }

    @Test func noModuleIsTooLarge() throws {
        var complaints: [String] = []
        for (module, files) in try Checkout.modules() {
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
        let catalogue = try Checkout.text("Sources/RuleCatalogue/RuleCatalogue.swift")
        var modules: [String: [String: String]] = [:]
        for path in try Checkout.swiftFiles(below: "Sources") {
            modules[String(path.prefix { $0 != "/" }), default: [:]][String(path.drop { $0 != "/" }.dropFirst())] = try Checkout.text("Sources/\(path)")
        }
        var complaints: [String] = []
        var codes: [String] = []
        let raised = modules.mapValues { files in Checks.ruleNames(in: files.filter { !$0.key.hasPrefix("Rules/") }.values) }
        for (module, files) in modules.sorted(by: { $0.key < $1.key }) {
            let elsewhere = raised.filter { $0.key != module }.values.flatMap { $0 }.reduce(into: [:]) { $0[$1, default: 0] += 1 }
            complaints += Checks.rules(of: module, files: files, catalogue: catalogue, raisedElsewhere: elsewhere)
            codes += files.keys.sorted().compactMap { Checks.ruleCode(path: $0) }
        }
        #expect(codes.count > 200)
        #expect(complaints + Checks.duplicates(in: codes) == [])
    }
}
