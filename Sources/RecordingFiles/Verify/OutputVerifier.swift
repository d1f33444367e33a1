import Glibc
import PacketInput
package import RecordingRecords

/// What `siprecap verify` found (schema `siprecap.verify/1`).
package struct VerifyReport: Codable, Sendable, Equatable {
    /// One objection.
    package struct Problem: Codable, Sendable, Equatable {
        /// What is wrong with a file. More may be added.
        package enum Kind: String, Codable, Sendable {
            /// Its octets are not those that were written.
            case changed
            /// It is listed but not there, or cannot be read.
            case missing
            /// It is there but not listed.
            case extra
            /// Numbers that do not add up.
            case inconsistent
            /// A manifest or account that cannot be used.
            case unusable
        }

        package var kind: Kind
        /// Relative to the output folder; for an input as given.
        package var path: String
        /// In words, for people.
        package var reason: String
    }

    package var schema = "siprecap.verify/1"
    /// Files whose octets are those of the manifest.
    package var intact = 0
    /// Inputs given that the run has read, unchanged.
    package var inputsIntact = 0
    /// Names of captures that the run has read and that were not given; that is no problem.
    package var inputsNotGiven: [String] = []
    package var problems: [Problem] = []
    /// What became of the packets; only where that was asked for.
    package var accounting: AccountReport?

    /// True where nothing speaks against the folder.
    package var isIntact: Bool { problems.isEmpty }
}

/// Compares an output folder with its own manifest, and inputs with what the run noted of them. Writes nothing.
package enum OutputVerifier {
    /// `run.json` is not in the manifest, as it holds the manifest's hash; without it the manifest has no witness.
    package static func verify(path given: String, inputs: CaptureInputs) throws(OutputFault) -> VerifyReport {
        var path = given
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        var report = VerifyReport()
        do throws(SystemError) {
            guard try FileStatus(path: path).kind == .folder else { throw SystemError(ENOTDIR) }
        } catch { throw OutputFault(path, "cannot be read as a folder", error) }
        let run = account(path, &report)
        try compare(path, run?.manifest, &report)
        compare(inputs, with: run?.captures ?? [], isKnown: run != nil, &report)
        return report
    }

    static func account(_ path: String, _ report: inout VerifyReport) -> RunRecord? {
        guard let octets = OutputFolder.small(path + "/" + OutputFolder.runName, most: 256 << 20) else {
            report.problems.append(.init(kind: .missing, path: OutputFolder.runName, reason: "is missing: the run did not finish, or the file was removed"))
            return nil
        }
        guard let run = try? SidecarJSON.decode(RunRecord.self, from: octets), run.schema == RunRecord.schemaName else {
            report.problems.append(.init(kind: .unusable, path: OutputFolder.runName, reason: "is not a run.json that this version supports"))
            return nil
        }
        return run
    }

    private static func compare(_ path: String, _ witness: RunRecord.Manifest?, _ report: inout VerifyReport) throws(OutputFault) {
        guard let octets = OutputFolder.small(path + "/" + Manifest.fileName, most: 1 << 30) else {
            report.problems.append(.init(kind: .missing, path: Manifest.fileName, reason: "is missing, so no file can be checked"))
            return
        }
        if let witness, SHA256.of(octets) != witness.sha256 {
            report.problems.append(.init(kind: .changed, path: Manifest.fileName, reason: "does not match the manifest hash in run.json"))
        }
        guard let entries = Manifest.parse(String(decoding: octets, as: UTF8.self)) else {
            report.problems.append(.init(kind: .unusable, path: Manifest.fileName, reason: "has lines that are not in manifest format"))
            return
        }
        check(entries, in: path, &report)
        if let octets = OutputFolder.small(path + "/" + Bag.tagManifest, most: 1 << 20) {
            check(Manifest.parse(String(decoding: octets, as: UTF8.self)) ?? [], in: path, &report)
        }
        let listed = Set(entries.map(\.path))
        let top = Set([OutputFolder.runName, Manifest.fileName] + Bag.tagFiles)
        let files: [String]
        do throws(SystemError) { files = try Folder.files(below: path, skip: { top.contains($0) }) } catch { throw OutputFault(path, "cannot be read", error) }
        for file in files where !listed.contains(file) {
            report.problems.append(.init(kind: .extra, path: file, reason: "is not in the manifest"))
        }
    }

    /// Hashes the files of a manifest again.
    private static func check(_ entries: [Manifest.Entry], in path: String, _ report: inout VerifyReport) {
        for entry in entries {
            // A manifest from elsewhere must not lead out of the folder.
            guard (try? RelativePath.check(entry.path)) != nil else {
                report.problems.append(.init(kind: .unusable, path: entry.path, reason: "is not a path inside the folder"))
                continue
            }
            do throws(SystemError) {
                let full = path + "/" + entry.path
                guard try FileStatus(path: full, followsLinks: false).kind == .file else {
                    report.problems.append(.init(kind: .changed, path: entry.path, reason: "is not a regular file"))
                    continue
                }
                if try SHA256.of(file: full).sha256 == entry.sha256 {
                    report.intact += 1
                } else {
                    report.problems.append(.init(kind: .changed, path: entry.path, reason: "was changed since it was written"))
                }
            } catch { report.problems.append(.init(kind: .missing, path: entry.path, reason: "cannot be read: \(error.text)")) }
        }
    }

    private static func compare(_ inputs: CaptureInputs, with captures: [CaptureRecord], isKnown: Bool, _ report: inout VerifyReport) {
        for fault in inputs.faults { report.problems.append(.init(kind: .missing, path: fault.name, reason: fault.reason)) }
        var seen: Set<String> = []
        for input in inputs.files {
            do {
                let sha256 = try input.sha256()
                seen.insert(sha256)
                if captures.contains(where: { $0.sha256 == sha256 }) {
                    report.inputsIntact += 1
                } else if isKnown, input.isExplicit || captures.contains(where: { $0.name == input.displayName }) {
                    // What was only found in a folder need not have been a capture.
                    let isUnread = captures.contains { $0.name == input.displayName && $0.sha256 == nil }
                    report.problems.append(
                        .init(
                            kind: .changed, path: input.path,
                            reason: isUnread
                                ? "was not read to the end by the run, so there is no hash to compare with" : "is not one of the captures that the run read"))
                }
            } catch { report.problems.append(.init(kind: .missing, path: input.path, reason: error.reason)) }
        }
        report.inputsNotGiven = captures.filter { capture in capture.sha256.map { !seen.contains($0) } ?? true }.map(\.name).sorted()
    }
}
