import ArgumentParser
import Siprecap

/// `siprecap carve`: one recording's packets as a capture of their own.
struct Carve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "carve",
        abstract: "Extracts one recording's packets into a new capture, for Wireshark.",
        discussion: """
            Frames are copied unchanged: signalling, media, and RTCP, STUN and DTLS on the
            media path. Each has a comment with its original file and frame. Keys and
            credentials in signalling are masked so that lengths and checksums still match.
            With --decrypted, SRTP with a known key becomes RTP in new UDP packets, and SIP
            over TLS becomes exported PDUs.

            EXAMPLES
              siprecap inspect day1.pcapng                    shows the ids of recordings
              siprecap carve day1.pcapng --recording bdd51d8a -o call.pcapng
                                                              the start of an id is enough
              siprecap carve day1.pcapng --call-id 1234@pbx -o call.pcapng --decrypted \\
                  --tls-keylog keys.log
            """)

    @OptionGroup var capture: CaptureOptions

    @Option(name: [.customShort("o"), .customLong("output")], help: ArgumentHelp("pcapng file to write; must not exist.", valueName: "file"))
    var output: String

    @Option(help: ArgumentHelp("Id of the recording, or its first characters; not needed if there is only one.", valueName: "id"))
    var recording: String?

    @Flag(help: "Write decrypted media and signalling if the keys are known.")
    var decrypted = false

    @Flag(help: "Do not mask keys and credentials in signalling.")
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
        if decrypted { line += ", \(carved.opened) of media and \(carved.rebuilt) of signalling decrypted" }
        Console.lines([line.forTerminal])
    }

    /// The one recording that is meant; says which there are where that is not clear.
    private func choose(_ recordings: [Recording]) -> Recording? {
        let wanted = (recording ?? "").lowercased()
        let id = wanted.split(separator: "_").last.map(String.init) ?? wanted
        let found = recordings.filter { $0.id.hasPrefix(id) }
        if found.count == 1 { return found[0] }
        let reason = found.isEmpty ? "no recording has the id \(wanted)" : "\(found.count) recordings match; choose one with --recording"
        Console.diagnostic("siprecap: \(recordings.isEmpty ? "these packets contain no recording" : reason)".forTerminal)
        for recording in (found.isEmpty ? recordings : found).prefix(40) {
            let people = recording.participants.compactMap { $0.name ?? $0.addressOfRecord }.joined(separator: ", ")
            Console.diagnostic("  \(recording.id)  \(recording.kind.rawValue)  \(recording.start.rfc3339)  \(people)".forTerminal)
        }
        return nil
    }
}
