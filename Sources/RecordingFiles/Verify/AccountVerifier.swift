import CSndfile
import Glibc
import PacketInput
package import RecordingRecords

/// What the packets of an output folder came to (part of schema `siprecap.verify/1`).
package struct AccountReport: Codable, Sendable, Equatable {
    package var recordings = 0
    package var flows = 0
    /// Audio files.
    package var files = 0
    /// RTP packets of the captures; `copies` and the sum of `fates`.
    package var packets = 0
    package var copies = 0
    package var fates = FateRecord()
}

/// Proves from an output folder that no packet and no moment was lost on the way. Writes nothing.
package enum AccountVerifier {
    package static func verify(path given: String) throws(OutputFault) -> VerifyReport {
        var path = given
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        var report = VerifyReport()
        do throws(SystemError) {
            guard try FileStatus(path: path).kind == .folder else { throw SystemError(ENOTDIR) }
        } catch { throw OutputFault(path, "cannot be read as a folder", error) }
        guard let run = OutputVerifier.account(path, &report) else { return report }
        var records: [String: (record: RecordingRecord, law: AccountingLaw)] = [:]
        var account = AccountReport()
        for entry in run.recordings {
            let name = entry.folder + "/" + RecordingRecord.fileName
            // A run.json from elsewhere must not lead out of the folder.
            guard (try? RelativePath.check(name)) != nil else {
                report.problems.append(.init(kind: .unusable, path: name, reason: "is not a path inside the folder"))
                continue
            }
            let record: RecordingRecord
            do { record = try RecordingFolder.read(path + "/" + name) } catch {
                report.problems.append(.init(kind: .missing, path: name, reason: error.reason))
                continue
            }
            let law = AccountingLaw(record) { file in
                guard (try? RelativePath.check(file)) != nil else { return nil }
                return frames(of: "\(path)/\(entry.folder)/\(file)")
            }
            report.problems += law.violations.map { VerifyReport.Problem(kind: .inconsistent, path: name, reason: $0) }
            records[entry.folder] = (record, law)
            account.recordings += 1
            account.flows += law.flows
            account.files += law.files
        }
        report.problems += AccountingLaw.violations(of: run, records).map {
            VerifyReport.Problem(kind: .inconsistent, path: OutputFolder.runName, reason: $0)
        }
        account.packets = run.totals.rtpPackets ?? 0
        account.copies = run.totals.copies ?? 0
        account.fates = run.totals.fates ?? FateRecord()
        report.accounting = account
        return report
    }

    /// How many frames an audio file has by its own header; nil for what the library does not read, and for Ogg, which counts what is cut off at both ends.
    private static func frames(of path: String) -> Int64? {
        var info = SF_INFO()
        guard let sound = unsafe sf_open(path, Int32(SFM_READ), &info) else { return nil }
        unsafe _ = sf_close(sound)
        return info.format & Int32(SF_FORMAT_TYPEMASK) == Int32(SF_FORMAT_OGG) ? nil : info.frames
    }
}
