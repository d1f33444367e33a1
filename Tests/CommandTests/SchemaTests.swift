import Foundation
import Testing

@Suite struct SchemaTests {
    private func validate(_ schema: String, _ files: [String]) throws -> CommandRun {
        try CommandRun(Checkout.root.appendingPathComponent("Scripts/validate-schema"), [Checkout.root.path + "/docs/schema/" + schema] + files)
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

    @Test("the validator refuses a file that breaks the schema")
    func validatorWorks() throws {
        let scratch = try Scratch()
        try "{\"schema\": \"siprecap.recording/1\", \"id\": 7}".write(toFile: scratch.path("bad.json"), atomically: true, encoding: .utf8)
        #expect(try validate("recording.schema.json", [scratch.path("bad.json")]).status == 1)
    }
}
