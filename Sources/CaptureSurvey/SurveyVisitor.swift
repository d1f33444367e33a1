import CaptureFormat
import Evidence
import PacketInput
import TLSDecryption

/// The first pass, packet by packet.
struct SurveyVisitor: FrameVisitor {
    private var decoder: DatagramDecoder
    private(set) var sink: SurveySink
    private var perCapture: [CaptureTally]
    private let observer: (any ReconstructionObserver)?
    private let total: Int
    private var amount = ReadAmount()

    init(
        captures: Int, options: ReadingOptions, secrets: TLSSecrets, hashKey: UInt64, total: Int, observer: (any ReconstructionObserver)?
    ) {
        decoder = DatagramDecoder(options)
        sink = SurveySink(options, secrets: secrets, hashKey: hashKey)
        perCapture = Array(repeating: CaptureTally(), count: captures)
        self.observer = observer
        self.total = total
    }

    func tally(of capture: Int) -> CaptureTally { perCapture[capture] }

    @inline(__always)
    mutating func visit(_ frame: CapturedFrame, _ bytes: RawSpan, capture: UInt32) {
        perCapture[Int(capture)].add(frame)
        sink.isSnapped = frame.capturedLength < frame.originalLength
        decoder.decode(frame, bytes, capture: capture, &sink)
    }

    mutating func shouldStop(afterReading more: ReadAmount) -> Bool {
        amount = amount + more
        guard let observer else { return false }
        observer.progressed(ReconstructionProgress(stage: .survey, amount: amount, octetsTotal: total, frames: decoder.counts.frames))
        return observer.isInterrupted
    }

    /// At the end of all input.
    mutating func finish() {
        decoder.finish()
        sink.finish(decoder)
    }
}
