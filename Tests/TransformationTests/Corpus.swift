import Foundation
import TestSupport
import Testing

/// The environment of a run: `SIPRECAP_SEED` is the first seed (1), `SIPRECAP_SEEDS` how many (1); `SIPRECAP_LAWS=all` takes all captures of this
/// repository, `SIPRECAP_LAWS=PATH` those below a folder.
enum Setting {
    private static let environment = ProcessInfo.processInfo.environment
    static let firstSeed = environment["SIPRECAP_SEED"].flatMap(UInt64.init) ?? 1
    static let seeds = environment["SIPRECAP_SEEDS"].flatMap(UInt64.init) ?? 1
    /// A folder for the captures of the last trial, to be looked at.
    static let dump = environment["SIPRECAP_LAWS_DUMP"]
    /// How many differences of one trial are told.
    static let lines = environment["SIPRECAP_LAWS_LINES"].flatMap(Int.init) ?? 8
    static let corpus = environment["SIPRECAP_LAWS"] ?? ""
    /// Whether the run is the one that every change goes through: the same captures, the same seed.
    static let isUsual = corpus.isEmpty && firstSeed == 1 && seeds == 1
}

/// One real capture.
struct Sample: Sendable, CustomTestStringConvertible {
    let name: String
    let path: String

    var testDescription: String { name }

    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// Captures below folders of the repository, or of the folder that the environment names.
    static let all: [Sample] = {
        let isForeign = !Setting.corpus.isEmpty && Setting.corpus != "all"
        let folders = isForeign ? [Setting.corpus] : ["SamplePcaps", "Tests/CommandTests/Fixtures", "Tests/ReconstructionTests/Fixtures"]
        let base = isForeign ? "" : root.path + "/"
        return folders.flatMap { folder -> [Sample] in
            let names = (FileManager.default.enumerator(atPath: base + folder)?.compactMap { $0 as? String } ?? []).sorted()
            return names.filter { name in [".pcap", ".pcapng", ".pcap.gz"].contains { name.hasSuffix($0) } }.map { name in
                let parts = name.split(separator: "/").map(String.init)
                let isNamedByFolder = parts.count > 1 && parts[parts.count - 1].hasPrefix("capture.")
                let title = isNamedByFolder ? parts[parts.count - 2] : parts.suffix(2).joined(separator: "/")
                return Sample(name: title, path: "\(base)\(folder)/\(name)")
            }
        }
    }()

    func load() throws -> Capture {
        let octets = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        return try Capture(parsing: path.hasSuffix(".gz") ? gunzip(octets) : octets)
    }
}

/// A capture and the seed by which it is changed.
struct Trial: Sendable, CustomTestStringConvertible {
    let sample: Sample
    let seed: UInt64

    var testDescription: String { "\(sample.name), seed \(seed)" }
    var random: SeededRandom { SeededRandom(seed: seed) }

    /// Each of the usual samples named, or all that there are, with each seed.
    static func of(_ usual: String...) -> [Trial] {
        let samples = Setting.corpus.isEmpty ? Sample.all.filter { sample in usual.contains { sample.name.hasPrefix($0) } } : Sample.all
        return samples.flatMap { sample in (0..<Setting.seeds).map { Trial(sample: sample, seed: Setting.firstSeed + $0) } }
    }
}
