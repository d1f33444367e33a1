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
            complaints += (Checks.imports(of: source, in: module, table: table) + Checks.words(of: source, layer: table.row(module)?.layer ?? 0)).map {
                "\(path): \($0)"
            }
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
