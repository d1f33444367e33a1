import Evidence
import PacketInput
import RecordingAccount
import RecordingFiles
import RecordingRecords

/// What `siprecap verify` tells.
package struct Verification: Sendable {
    private let report: VerifyReport

    /// Compares a folder with its manifest, and `inputs` with the hashes of the captures that it was made from.
    package init(folder: String, inputs: [String]) throws(SiprecapError) {
        do throws(OutputFault) { report = try OutputVerifier.verify(path: folder, inputs: CaptureInputs.resolve(arguments: inputs)) } catch {
            throw SiprecapError(error)
        }
    }

    /// Proves that the accounts of a folder add up: fates to packets, audio and gaps to files.
    package init(accountsOf folder: String) throws(SiprecapError) {
        do throws(OutputFault) { report = try AccountVerifier.verify(path: folder) } catch { throw SiprecapError(error) }
    }

    /// Packets by fate, in words; empty where the accounts were not asked for.
    package var fates: [String] {
        guard let account = report.accounting else { return [] }
        return [
            "\(account.packets) RTP packets: "
                + (account.fates.counts + (account.copies > 0 ? ["\(account.copies) captured again"] : [])).joined(separator: ", "),
            "\(account.recordings) recordings, \(account.flows) flows, \(account.files) audio files",
        ]
    }

    /// Schema `siprecap.verify/1`.
    package var json: String { get throws { try jsonText(report) } }
    package var isIntact: Bool { report.isIntact }
    package var intact: Int { report.intact }
    package var inputsIntact: Int { report.inputsIntact }
    package var inputsNotGiven: Int { report.inputsNotGiven.count }
    /// One line for each objection.
    package var problems: [String] { report.problems.map { "\($0.kind.rawValue)  \($0.path)  \($0.reason)".printable } }
}

/// A recording that was written before, as its sidecar tells of it.
package struct WrittenRecording: Sendable {
    private let record: RecordingRecord

    /// `path` names the recording's folder, its `recording.json`, or `…/recordings/ID`.
    package init(path: String) throws(SiprecapError) {
        do throws(InputFault) { record = try RecordingFolder.read(path) } catch { throw SiprecapError(error) }
    }

    /// Every claim with its reasons.
    package var explanation: [String] { RecordingExplanation(record).lines }
}

/// A file of options for the command.
package struct OptionsFile: Sendable {
    /// One option as the file states it.
    package struct Entry: Sendable {
        /// The command below whose name it stands; nil at the top.
        package let command: String?
        /// The long name, without dashes.
        package let option: String
        /// One value, or several of a repeatable option; a flag has `true` or `false`.
        package let values: [String]
        /// From 1.
        package let line: Int
    }

    package let entries: [Entry]

    package init(path: String) throws(SiprecapError) {
        do throws(InputFault) {
            entries = try ConfigFile(path: path).entries.map { Entry(command: $0.command, option: $0.option, values: $0.values, line: $0.line) }
        } catch { throw SiprecapError(error) }
    }
}

extension String {
    /// Safe for a terminal line: what steers a display is replaced.
    package var forTerminal: String { printable }

    /// At most `limit` characters, and how many are left out.
    package func cut(to limit: Int) -> String { shortened(to: limit) }
}
