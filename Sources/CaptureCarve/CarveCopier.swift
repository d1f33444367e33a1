import CaptureFormat
import CaptureSurvey
import Evidence
import NetworkLayers
import PacketInput
import RecordingRecords
import SIPDialogs
import SIPSyntax
import SRTPDecryption

/// Copies the marked frames, with secrets covered and media opened as asked.
struct CarveCopier: FrameVisitor {
    private let marks: [FrameKey: String]
    private let selection: CarveSelection
    private let names: [String]
    private let options: CarveOptions
    private let output: any CarveOutput
    private var progress: CarveProgress
    private var interfaces: [Interface: UInt32] = [:]
    private var nextRebuilt = 0
    private var decoder: DatagramDecoder
    private var opener: CarveOpener
    private(set) var summary = CarveSummary()
    private(set) var fault: OutputFault?

    private struct Interface: Hashable {
        let capture: UInt32
        let link: LinkType
    }

    init(
        marks: [FrameKey: String], selection: CarveSelection, survey: Survey, options: CarveOptions, reading: ReadingOptions,
        output: any CarveOutput, progress: CarveProgress
    ) {
        self.marks = marks
        self.selection = selection
        self.options = options
        self.output = output
        self.progress = progress
        names = survey.captures.map(\.name)
        decoder = DatagramDecoder(reading)
        opener = CarveOpener(
            selection: selection, flows: survey.flows, rules: reading.decodeAs, engine: options.usesLibSRTPOnly ? .libsrtp2 : .libcrypto)
    }

    mutating func visit(_ frame: CapturedFrame, _ bytes: RawSpan, capture: UInt32) {
        writeRebuilt(until: frame.time)
        let key = FrameKey(Origin(capture: capture, frame: frame.number))
        guard let title = marks[key] else { return }
        let place = "\(name(capture)) frame \(frame.number), \(title)"
        if options.isDecrypted {
            opener.begin()
            decoder.decode(frame, bytes, capture: capture, &opener)
            if let opened = opener.take() {
                for packet in opened {
                    summary.opened += 1
                    write(packet, originalLength: packet.count, link: .raw, capture, frame.time, place + ", decrypted")
                }
                return
            }
        }
        var octets = bytes.array(0..<bytes.byteCount)
        var note = ""
        if !options.includesSecrets, let ranges = selection.signalling[key] {
            // What of other messages is in the frame is nobody's business here, least of all their keys.
            let all = ranges + SecretSpans(octets).spans.map(\.range)
            var keepsChecksum = true
            for range in Self.merged(all) where !SecretMask.cover(range, of: &octets) { keepsChecksum = false }
            if !all.isEmpty { note = ", secrets covered" + (keepsChecksum ? "" : "; the checksum no longer matches") }
        }
        summary.copied += 1
        write(octets, originalLength: frame.originalLength, link: frame.linkType, capture, frame.time, place + note)
    }

    mutating func shouldStop(afterReading amount: ReadAmount) -> Bool { fault != nil || progress.read(amount, frames: summary.copied) }

    mutating func finish() { writeRebuilt(until: .distantFuture) }

    private mutating func writeRebuilt(until time: CaptureTime) {
        while nextRebuilt < selection.rebuilt.count, selection.rebuilt[nextRebuilt].message.time <= time {
            let next = selection.rebuilt[nextRebuilt]
            nextRebuilt += 1
            var octets = next.message.message.raw
            if !options.includesSecrets {
                for span in SecretSpans(octets).spans { octets.replaceSubrange(span.range, with: repeatElement(0x78, count: span.range.count)) }
            }
            let packet = PacketBuilder.exportedSIP(next.message.path, octets)
            summary.rebuilt += 1
            write(
                packet, originalLength: packet.count, link: LinkType(252), next.frame.capture, next.message.time,
                "\(name(next.frame.capture)) frame \(next.frame.frame), signalling, extracted from \(next.message.transport.rawValue)")
        }
    }

    /// Ranges in order, those that overlap as one, so that no octet is covered twice.
    private static func merged(_ ranges: [Range<Int>]) -> [Range<Int>] {
        var out: [Range<Int>] = []
        for range in ranges.sorted(by: { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }) {
            if let last = out.last, range.lowerBound <= last.upperBound {
                out[out.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
            } else {
                out.append(range)
            }
        }
        return out
    }

    private mutating func write(_ octets: [UInt8], originalLength: Int, link: LinkType, _ capture: UInt32, _ time: CaptureTime, _ comment: String) {
        guard fault == nil else { return }
        do throws(OutputFault) {
            let interface = Interface(capture: capture, link: link)
            if interfaces[interface] == nil {
                try output.write(PcapngWriter.interface(link, name: name(capture)))
                interfaces[interface] = UInt32(interfaces.count)
            }
            try output.write(
                PcapngWriter.packet(
                    interface: interfaces[interface] ?? 0, time: time, octets, originalLength: originalLength, comment: comment.printable))
        } catch { fault = error }
    }

    private func name(_ capture: UInt32) -> String { Int(capture) < names.count ? names[Int(capture)] : "?" }
}
