import ArgumentParser
import CaptureCarve
import CaptureSurvey
import Evidence
import PacketInput
import Reconstruction
import RecordingFiles

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
        let options = try capture.reconstructionOptions()
        let progress = ProgressLine(capture.progress)
        let file: CaptureFile
        do throws(OutputFault) { file = try CaptureFile(path: output) } catch { throw failure(error) }
        let inputs = CaptureInputs.resolve(arguments: capture.inputs, isHashed: false)
        let merge = try CaptureOptions.merge(inputs, options, progress)
        let survey = Surveyor.run(merge, options: options.reading, hashKey: .random(in: .min ... .max), observer: progress)
        let plan = Planner.plan(survey, options: options)
        if survey.captures.isEmpty || survey.wasInterrupted {
            progress.finish()
            Console.findings(survey.findings, captureNames: [])
            throw survey.wasInterrupted ? ExitStatus.interrupted : ExitStatus.failed
        }
        guard let chosen = choose(plan) else {
            progress.finish()
            throw ExitStatus.incomplete
        }
        var carving = CarveOptions()
        carving.isDecrypted = decrypted
        carving.includesSecrets = includeSecrets
        carving.usesLibSRTPOnly = options.usesLibSRTPOnly
        carving.toolVersion = options.toolVersion
        let summary: CarveSummary
        do throws(OutputFault) {
            summary = try Carver.run(merge, survey: survey, recording: chosen, reading: options.reading, options: carving, output: file, observer: progress)
            progress.finish()
            if Interruption.isRequested { throw OutputFault(path: output, reason: "interrupted") }
            try file.finish()
        } catch {
            progress.finish()
            throw Interruption.isRequested ? ExitStatus.interrupted : failure(error)
        }
        var line = "\(output): recording \(chosen.id), \(summary.packets) packets"
        if decrypted { line += ", \(summary.opened) of media and \(summary.rebuilt) of signalling in clear" }
        Console.lines([line.printable])
    }

    private func failure(_ fault: OutputFault) -> ExitCode {
        Console.diagnostic("siprecap: \(fault)".printable)
        return ExitStatus.failed
    }

    /// The one recording that is meant; says which there are where that is not clear.
    private func choose(_ plan: ReconstructionPlan) -> PlannedRecording? {
        let wanted = (recording ?? "").lowercased()
        let id = wanted.split(separator: "_").last.map(String.init) ?? wanted
        let found = plan.recordings.filter { $0.id.hasPrefix(id) }
        if found.count == 1 { return found[0] }
        let reason = found.isEmpty ? "no recording has the id \(wanted)" : "\(found.count) recordings fit; choose one with --recording"
        Console.diagnostic("siprecap: \(plan.recordings.isEmpty ? "there is no recording in these packets" : reason)".printable)
        for recording in (found.isEmpty ? plan.recordings : found).prefix(40) {
            let people = recording.participants.compactMap { $0.names.last?.value ?? $0.addressesOfRecord.last }.joined(separator: ", ")
            Console.diagnostic("  \(recording.id)  \(recording.kind.rawValue)  \(recording.start.rfc3339)  \(people)".printable)
        }
        return nil
    }
}
