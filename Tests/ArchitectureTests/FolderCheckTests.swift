import Testing

/// The checks of folders, sizes and of what prints or ends the process complain about bad text and are silent about good text.
@Suite struct FolderCheckTests {
    static let table = FolderTable(
        markdown: """
            | module | folders |
            |---|---|
            | **A** | Low; High → Low, . ; . → Low |
            """)

    private func complaints(_ files: [(path: String, source: String)]) -> [String] {
        Checks.folders(of: "A", FolderArrows(files), table: Self.table)
    }

    private static let low = (path: "Low/Low.swift", source: "struct Low { enum Kind { case one } }\nextension Low { struct Part {} }\nprivate struct Own {}")
    private static let root = (path: "Root.swift", source: "struct Root {}")

    @Test func theTableIsRead() {
        #expect(Self.table.rows == ["A": ["Low": [], "High": ["Low", "."], ".": ["Low"]]])
    }

    @Test(arguments: [
        "let low: Low", "let part: Low.Part", "let kind = Low.Kind.one", "let root = Root()", "extension Root { func f(_ low: Low) {} }",
        // What another folder cannot name, or does not mean.
        "let own: Own", "// Low", "let text = \"Low\"", "let a = b.Low", "extension Low { static let kind = Kind.one }",
    ]) func listedArrowsAreRight(source: String) {
        #expect(complaints([Self.low, Self.root, ("High/High.swift", source)]) == [])
    }

    @Test(arguments: [
        ("struct Low { let high: High }", "A: Low may not use High: Low/X.swift names High"),
        ("extension High { var low: Int { 1 } }", "A: Low may not use High: Low/X.swift names High"),
        ("func f() -> [Int: High]? { nil }", "A: Low may not use High: Low/X.swift names High"),
        ("let inner = High.Inner.first", "A: Low may not use High: Low/X.swift names High.Inner"),
        ("let root: Root", "A: Low may not use .: Low/X.swift names Root"),
    ]) func otherArrowsAreSeen(source: String, complaint: String) {
        let high = (path: "High/High.swift", source: "struct High { enum Inner { case first } }")
        let inner = (path: "High/More.swift", source: "extension High { struct More {} }")
        #expect(complaints([high, inner, Self.root, ("Low/X.swift", source)]) == [complaint])
    }

    /// A name is looked for from the inside out: the nearest type of that name is meant.
    @Test func aNestedNameHidesAnOuterOne() {
        let high = (path: "High/High.swift", source: "struct Part {}\nstruct High {}")
        let nested = (path: "Low/X.swift", source: "struct Low { struct Part {}\n func f(_ part: Part) {} }")
        #expect(complaints([high, Self.root, nested]) == [])
        let plain = (path: "Low/X.swift", source: "struct Low { func f(_ part: Part) {} }")
        #expect(complaints([high, Self.root, plain]) == ["A: Low may not use High: Low/X.swift names Part"])
        // In an extension elsewhere the nested type of the extended one.
        let apart = (path: "Low/Y.swift", source: "extension Low { func g(_ part: Part) {} }")
        #expect(complaints([high, Self.root, nested, apart]) == [])
        // A type of a function is nobody else's.
        let local = (path: "Low/X.swift", source: "struct Low { func f() { struct Part {}\n_ = Part() } }")
        #expect(complaints([high, Self.root, local]) == [])
    }

    @Test func foldersOutsideTheTableAreSeen() {
        let high = (path: "High/High.swift", source: "struct High { let low: Low }")
        #expect(complaints([Self.low, high, Self.root, ("New/New.swift", "")]) == ["A/New is not listed"])
        #expect(complaints([Self.low, Self.root]) == ["A/High is listed and not there"])
        #expect(
            Checks.folders(of: "B", FolderArrows([Self.low, high]), table: Self.table)
                == ["B has folders but no row in the table of folders; it would be: Low; High → Low"])
        #expect(Checks.folders(of: "B", FolderArrows([Self.root]), table: Self.table) == [])
        // Rules need no row, and use nothing.
        #expect(Checks.folders(of: "B", FolderArrows([Self.root, ("Rules/B001.swift", "struct Title {}")]), table: Self.table) == [])
        #expect(
            Checks.folders(of: "B", FolderArrows([Self.root, ("Rules/B001.swift", "let root: Root")]), table: Self.table)
                == ["B: Rules may not use .: Rules/B001.swift names Root"])
        #expect(Checks.folders(of: "A", FolderArrows([Self.root]), table: Self.table) == ["A has no folders but a row"])
    }

    @Test func circlesOfTheTableAreSeen() {
        let table = FolderTable(
            markdown: """
                | module | folders |
                |---|---|
                | A | One → Two; Two → Three; Three → One; Four → One; Five |
                | B | One; Two → One |
                """)
        #expect(Checks.circles(table) == ["A: a circle among One, Three, Two"])
    }

    @Test func largeModulesAreSeen() {
        #expect(Checks.size(of: "A", lines: 6000) == [])
        #expect(Checks.size(of: "A", lines: 6001) == ["A: 6001 lines; at most 6000"])
    }

    @Test(arguments: [
        "printf(\"x\");", "fprintf(out, 1);", "dprintf (2, 1);", "puts(\"x\");", "fputs(text, file);", "perror(0);", "write(1, text, 2);",
        "fwrite(a, 1, 1, f);",
        "syslog(1, 0);", "FILE *out = stderr;", "int to = STDOUT_FILENO;", "exit(2);", "_exit(2);", "abort();", "quick_exit(1);", "raise(6);", "assert(a);",
        "if (!a) __builtin_trap();", "char c = '\"'; exit(1);", "a = b ? c : exit (1);",
    ]) func printingAndEndingInCAreSeen(source: String) {
        #expect(Checks.process(ofC: source).count == 1)
    }

    @Test(arguments: [
        "snprintf(a, b, c);", "// exit(1)", "/* printf(\"x\") */", "text = \"exit(1)\";", "lib.exit(1);", "file->write(1);", "int sf_write_raw(int a);",
        "static int on_exit_of_file;", "enum { abort_later };", "int is_exit(int a);",
    ]) func otherCIsRight(source: String) {
        #expect(Checks.process(ofC: source) == [])
    }

    /// Source, and the highest layer that must not use it; -1 for what all may.
    @Test(arguments: [
        ("exit(1)", 5), ("Glibc.exit(1)", 5), ("_exit(1)", 5), ("abort()", 5), ("quick_exit(0)", 5), ("perror(\"x\")", 5), ("fputs(a, b)", 5),
        ("let a = stderr", 5),
        ("puts(a)", 5), ("write(1, a, 2)", 4), ("Glibc.write(1, a, 2)", 4), ("file.write(a)", -1), ("func write(_ a: Int) {}", -1), ("write(a, to: b)", -1),
        ("throw error(1)", -1),
        ("// exit(1)", -1), ("let exit = 1", -1), ("self.exit(1)", -1), ("texit(1)", -1),
    ]) func printingAndEndingInSwiftAreSeen(source: String, highest: Int) {
        for layer in 0...6 { #expect(Checks.process(ofSwift: source, layer: layer).isEmpty == (layer > highest), "layer \(layer)") }
    }
}
