import CaptureFormat

/// What a text log of SIP messages becomes as a capture.
final class SIPLogReader: CaptureReader {
    private let base: any CaptureReader
    private var log = SIPMessageLog()
    private var text = [UInt8](repeating: 0, count: 64 << 10)
    private var ready: ArraySlice<UInt8>
    private var hasEnded = false
    private var fault: InputFault?

    /// `head` are octets of the log that have been read before.
    init(_ base: any CaptureReader, head: ArraySlice<UInt8>) {
        self.base = base
        ready = []
        ready = log.convert(head, isFinal: false)[...]
    }

    /// Complaints since the last look.
    func takeRemarks() -> [CaptureRemark] { log.takeRemarks() }

    func read(into buffer: inout [UInt8], from offset: Int) throws(InputFault) -> Int {
        while ready.isEmpty, !hasEnded {
            var count = 0
            do throws(InputFault) { count = try base.read(into: &text, from: 0) } catch { fault = error }
            hasEnded = count == 0
            ready = log.convert(text[..<count], isFinal: hasEnded)[...]
        }
        if ready.isEmpty, let fault { throw fault }
        let count = min(ready.count, max(0, buffer.count - offset))
        if count > 0 { buffer.replaceSubrange(offset..<offset + count, with: ready.prefix(count)) }
        ready = ready.dropFirst(count)
        return count
    }
}
