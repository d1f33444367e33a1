import Foundation
import Testing

/// Options of `reconstruct` that choose what files there are.
@Suite struct OutputOptionTests {
    private static func manifest(_ folder: String) throws -> String { try Tree.text(folder + "/manifest-sha256.txt") }

    @Test(
        "jobs change no byte of mixes, kept sound and Opus",
        arguments: [
            ["--mix", "stereo", "--native"], ["--mix", "mono", "--format", "opus"], ["--mix", "multichannel", "--format", "flac", "--timeline", "trimmed"],
            ["--layout", "date", "--bag", "--mix", "mono"],
        ])
    func sameBytes(options: [String]) throws {
        let inputs = ["01-basic-pcmu-udp", "04-opus-dtx", "13-join-leave", "15-codec-change"].flatMap { Checkout.capture(of: $0) }
        try #require(inputs.count >= 4)
        let scratch = try Scratch()
        let first = try CommandRun(["reconstruct"] + inputs + options + ["-o", scratch.path("a"), "--jobs", "1"])
        let second = try CommandRun(["reconstruct"] + inputs.reversed() + options + ["-o", scratch.path("b"), "--jobs", "2"])
        #expect(first.status == second.status && first.status < 2, "\(first.errors)")
        #expect(try Self.manifest(scratch.path("a")) == Self.manifest(scratch.path("b")))
        #expect(Tree.files(scratch.path("a")).filter { $0.contains("/audio/mix.") }.count == 4)
        let check = try CommandRun(["verify", scratch.path("a")])
        #expect(check.status == 0, "\(check.output)")
        let sidecars = Tree.files(scratch.path("a")).filter { $0.hasSuffix("/recording.json") }.map { scratch.path("a/" + $0) }
        let valid = try CommandRun(
            Checkout.root.appendingPathComponent("Scripts/validate-schema"), [Checkout.root.path + "/docs/schema/recording.schema.json"] + sidecars)
        #expect(valid.status == 0, "\(valid.output)\(valid.errors)")
    }

    @Test("a bag has the date that --created-at gives, and none without", arguments: [nil, "2026-11-22T23:30:00Z"])
    func baggingDate(moment: String?) throws {
        let scratch = try Scratch()
        let capture = try #require(Checkout.capture(of: "01-basic-pcmu-udp").first)
        let run = try CommandRun(["reconstruct", capture, "--bag", "-o", scratch.path("a")] + (moment.map { ["--created-at", $0] } ?? []))
        #expect(run.status == 0, "\(run.errors)")
        let dates = try Tree.text(scratch.path("a/bag-info.txt")).split(separator: "\n").filter { $0.hasPrefix("Bagging-Date") }
        #expect(dates == (moment == nil ? [] : ["Bagging-Date: 2026-11-22"]))
        #expect(try CommandRun(["verify", scratch.path("a")]).status == 0)
    }

    @Test("every packet of a kept Opus file stands in the capture, or is silence")
    func keptPackets() throws {
        let scratch = try Scratch()
        let capture = try #require(Checkout.capture(of: "04-opus-dtx").first)
        _ = try CommandRun(["reconstruct", capture, "--native", "-o", scratch.path("a")])
        let octets = try Data(contentsOf: URL(fileURLWithPath: capture))
        let files = Tree.files(scratch.path("a")).filter { $0.hasSuffix(".opus") }
        #expect(files.count == 2)
        for file in files {
            let packets = OggReader.packets(try Data(contentsOf: URL(fileURLWithPath: scratch.path("a/" + file))))
            try #require(packets.count > 2)
            #expect(packets[0].starts(with: Data("OpusHead".utf8)) && packets[1].starts(with: Data("OpusTags".utf8)))
            let sound = packets.dropFirst(2).filter { $0.count != 3 || $0.suffix(2) != Data([0xFF, 0xFE]) }
            #expect(sound.count > 50)
            #expect(sound.allSatisfy { octets.range(of: $0) != nil })
        }
    }

    @Test("--channels without a mix of several channels is refused", arguments: [[], ["--mix", "mono"]])
    func channelsNeedAMix(options: [String]) throws {
        let run = try CommandRun(["reconstruct", "x", "-o", "y", "--channels", "1,2"] + options)
        #expect(run.status == 2 && run.errors.contains("--mix"))
    }
}

/// Packets of one Ogg stream, by RFC 3533 section 6.
private enum OggReader {
    static func packets(_ file: Data) -> [Data] {
        let octets = [UInt8](file)
        var out: [Data] = []
        var packet = Data()
        var at = 0
        while at + 27 <= octets.count, octets[at..<at + 4].elementsEqual("OggS".utf8) {
            let segments = Int(octets[at + 26])
            var body = at + 27 + segments
            for length in octets[at + 27..<at + 27 + segments] {
                packet += octets[body..<body + Int(length)]
                body += Int(length)
                if length < 255 {
                    out.append(packet)
                    packet = Data()
                }
            }
            at = body
        }
        return out
    }
}
