import Foundation
import Testing

@Suite struct SchemaTests {
    private func validate(_ schema: String, _ files: [String], in folder: String = "docs/schema") throws -> CommandRun {
        try CommandRun(Checkout.root.appendingPathComponent("Scripts/validate-schema"), ["\(Checkout.root.path)/\(folder)/\(schema)"] + files)
    }

    @Test("every recording.json and run.json of all samples is valid by its schema")
    func everything() throws {
        let scratch = try Scratch()
        let inputs = Checkout.sampleNames.flatMap { Checkout.capture(of: $0) }
        _ = try CommandRun(["reconstruct"] + inputs + ["-o", scratch.path("a")])
        let sidecars = Tree.files(scratch.path("a")).filter { $0.hasSuffix("/recording.json") }.map { scratch.path("a/" + $0) }
        #expect(sidecars.count >= Checkout.sampleNames.count)
        let recordings = try validate("recording.schema.json", sidecars)
        #expect(recordings.status == 0, "\(recordings.output)\(recordings.errors)")
        let run = try validate("run.schema.json", [scratch.path("a/run.json")])
        #expect(run.status == 0, "\(run.output)\(run.errors)")
    }

    @Test("every vcon.json of all samples is valid by our schema and by that of the working group, and is the same each time", arguments: ["file", "inline"])
    func containers(content: String) throws {
        let scratch = try Scratch()
        let inputs = (content == "file" ? Checkout.sampleNames : ["13-join-leave"]).flatMap { Checkout.capture(of: $0) }
        for folder in ["a", "b"] { _ = try CommandRun(["reconstruct"] + inputs + ["-o", scratch.path(folder), "--vcon", content]) }
        let containers = Tree.files(scratch.path("a")).filter { $0.hasSuffix("/vcon.json") }
        let sidecars = Tree.files(scratch.path("a")).filter { $0.hasSuffix("/recording.json") }
        #expect(!containers.isEmpty && containers.count == sidecars.count)
        let run = try validate("vcon.schema.json", containers.map { scratch.path("a/" + $0) })
        #expect(run.status == 0, "\(run.output)\(run.errors)")
        let group = try validate("vcon_json_schema.json", containers.map { scratch.path("a/" + $0) }, in: "Tests/CommandTests/Fixtures")
        #expect(group.status == 0, "\(group.output)\(group.errors)")
        // It would say so if something were missing.
        let broken = try Tree.text(scratch.path("a/" + containers[0])).replacingOccurrences(of: "\"start\"", with: "\"begin\"")
        try broken.write(toFile: scratch.path("bad.json"), atomically: true, encoding: .utf8)
        #expect(try validate("vcon_json_schema.json", [scratch.path("bad.json")], in: "Tests/CommandTests/Fixtures").status == 1)
        #expect(try Tree.text(scratch.path("a/manifest-sha256.txt")) == Tree.text(scratch.path("b/manifest-sha256.txt")))
        for container in try containers.map({ try Tree.object(scratch.path("a/" + $0)) }) {
            let parties = try #require(container["parties"] as? [Any]).count
            let dialogs = try #require(container["dialog"] as? [[String: Any]])
            #expect(dialogs.flatMap { $0["parties"] as? [Int] ?? [] }.allSatisfy { $0 < parties })
            for attachment in container["attachments"] as? [[String: Any]] ?? [] {
                #expect(try #require(attachment["party"] as? Int) < parties && #require(attachment["dialog"] as? Int) < dialogs.count)
            }
        }
    }

    @Test("what check prints for programs is valid: JSON by our schema, SARIF by that of OASIS", arguments: [[], ["--select", "TLS"]])
    func checks(options: [String]) throws {
        let scratch = try Scratch()
        let inputs = CheckCommandTests.deviations.map { CheckCommandTests.capture($0.capture) } + Checkout.sampleNames.flatMap { Checkout.capture(of: $0) }
        for (flag, schema, folder) in [("--json", "check.schema.json", "docs/schema"), ("--sarif", "sarif-schema-2.1.0.json", "Tests/CommandTests/Fixtures")] {
            let printed = try CommandRun(["check", flag] + options + inputs)
            try printed.output.write(toFile: scratch.path("out.json"), atomically: true, encoding: .utf8)
            let run = try validate(schema, [scratch.path("out.json")], in: folder)
            #expect(run.status == 0, "\(run.output)\(run.errors)")
            // It would say so if something were missing.
            try printed.output.replacingOccurrences(of: options.isEmpty ? "\"message\"" : "\"version\" :", with: "\"massage\" :")
                .replacingOccurrences(of: "\"totals\"", with: "\"sums\"").write(toFile: scratch.path("bad.json"), atomically: true, encoding: .utf8)
            #expect(try validate(schema, [scratch.path("bad.json")], in: folder).status == 1)
        }
    }

    @Test("the validator refuses a file that breaks the schema")
    func validatorWorks() throws {
        let scratch = try Scratch()
        try "{\"schema\": \"siprecap.recording/1\", \"id\": 7}".write(toFile: scratch.path("bad.json"), atomically: true, encoding: .utf8)
        #expect(try validate("recording.schema.json", [scratch.path("bad.json")]).status == 1)
    }
}
