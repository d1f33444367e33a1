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
                return WaveLength.frames(of: "\(path)/\(entry.folder)/\(file)")
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
}

/// How many frames a WAV file has by its own header.
enum WaveLength {
    /// Chunks that are looked at.
    private static let mostChunks = 64

    /// Nil for what is no WAV file.
    static func frames(of path: String) -> Int64? {
        guard path.hasSuffix(".wav"), let file = try? FileDescriptor(path, O_RDONLY), let head = read(file, at: 0, count: 12),
            text(head, 8) == "WAVE"
        else { return nil }
        var at: Int64 = 12
        var large: Int64?
        var width = 0
        for _ in 0..<mostChunks {
            guard let chunk = read(file, at: at, count: 8) else { return nil }
            let size = number(chunk, 4, 4)
            switch text(chunk, 0) {
            case "ds64": large = read(file, at: at + 16, count: 8).map { number($0, 0, 8) }
            // Octets of a frame.
            case "fmt ": width = read(file, at: at + 20, count: 2).map { Int(number($0, 0, 2)) } ?? 0
            case "data":
                let octets = size == 0xFFFF_FFFF ? large ?? size : size
                return width > 0 ? octets / Int64(width) : nil
            default: break
            }
            at += 8 + size + size % 2
        }
        return nil
    }

    private static func read(_ file: borrowing FileDescriptor, at offset: Int64, count: Int) -> [UInt8]? {
        var octets = [UInt8](repeating: 0, count: count)
        var done = 0
        unsafe octets.withUnsafeMutableBytes { buffer in done = unsafe (try? file.read(into: buffer, at: offset)) ?? 0 }
        return done == count ? octets : nil
    }

    private static func number(_ octets: [UInt8], _ at: Int, _ count: Int) -> Int64 {
        (0..<count).reduce(0) { $0 | Int64(octets[at + $1]) << Int64(8 * $1) }
    }

    private static func text(_ octets: [UInt8], _ at: Int) -> String { String(decoding: octets[at..<at + 4], as: UTF8.self) }
}
