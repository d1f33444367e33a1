import ArgumentParser
import Siprecap

/// `siprecap carve`: one recording's packets as a capture of their own.
struct Carve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "carve",
        abstract: "Writes one recording's packets as a capture of their own, for Wireshark.",
        discussion: """
            Frames are copied as they were captured: signalling, media, RTCP, STUN and DTLS beside the media. Each has a comment with the file and
            frame it came from. Keys and credentials in signalling are covered so that lengths and checksums still fit.
            With --decrypted, SRTP that opens becomes RTP in new UDP packets, and SIP of TLS becomes exported PDUs.

            EXAMPLES
              siprecap inspect day1.pcapng                                        shows the ids of recordings
              siprecap carve day1.pcapng --recording bdd51d8a -o call.pcapng      the beginning of an id is enough
              siprecap carve day1.pcapng --call-id 1234@pbx -o call.pcapng --decrypted --tls-keylog keys.log
            """)

    @OptionGroup var capture: CaptureOptions

    @Option(name: [.customShort("o"), .customLong("output")], help: ArgumentHelp("File to write, pcapng; it must not be there.", valueName: "file"))
    var output: String

    @Option(help: ArgumentHelp("Id of the recording or its beginning; not needed where there is only one.", valueName: "id"))
    var recording: String?

    @Flag(help: "Write media and signalling in clear where keys are at hand.")
    var decrypted = false

    @Flag(help: "Leave keys and credentials in signalling as they were sent.")
    var includeSecrets = false

    func run() async throws {
        Interruption.install()
        let options = try capture.options()
        let progress = ProgressLine(capture.progress)
        let target: CarveTarget
        do throws(SiprecapError) { target = try CarveTarget(path: output) } catch { throw error.asFailure }
        let plan = try capture.plan(options, progress)
        if plan.hasNoCapture || plan.wasInterrupted {
            progress.finish()
            Console.findings(plan.surveyFindingLines)
            throw plan.wasInterrupted ? ExitStatus.interrupted : ExitStatus.failed
        }
        guard let chosen = choose(plan.recordings) else {
            progress.finish()
            throw ExitStatus.incomplete
        }
        let carved: Carved
        do throws(SiprecapError) {
            carved = try plan.carve(chosen.id, into: target, isDecrypted: decrypted, includesSecrets: includeSecrets, observer: progress)
            progress.finish()
        } catch {
            progress.finish()
            if case .cancelled = error { throw ExitStatus.interrupted }
            throw error.asFailure
        }
        var line = "\(output): recording \(chosen.id), \(carved.packets) packets"
        if decrypted { line += ", \(carved.opened) of media and \(carved.rebuilt) of signalling in clear" }
        Console.lines([line.forTerminal])
    }

    /// The one recording that is meant; says which there are where that is not clear.
    private func choose(_ recordings: [Recording]) -> Recording? {
        let wanted = (recording ?? "").lowercased()
        let id = wanted.split(separator: "_").last.map(String.init) ?? wanted
        let found = recordings.filter { $0.id.hasPrefix(id) }
        if found.count == 1 { return found[0] }
        let reason = found.isEmpty ? "no recording has the id \(wanted)" : "\(found.count) recordings fit; choose one with --recording"
        Console.diagnostic("siprecap: \(recordings.isEmpty ? "there is no recording in these packets" : reason)".forTerminal)
        for recording in (found.isEmpty ? recordings : found).prefix(40) {
            let people = recording.participants.compactMap { $0.name ?? $0.addressOfRecord }.joined(separator: ", ")
            Console.diagnostic("  \(recording.id)  \(recording.kind.rawValue)  \(recording.start.rfc3339)  \(people)".forTerminal)
        }
        return nil
    }
}
