import Evidence

/// Frames that hold fewer octets than their own headers announce although the capture says that it kept them whole: nobody knows where the rest went.
struct ShortFrames {
    struct Found: Equatable {
        /// The first of them, each once; see `mostListed`.
        private(set) var frames: [UInt32] = []
        private(set) var count = 0
        private(set) var last: UInt32 = 0

        mutating func add(_ frame: UInt32) {
            // A frame may carry several datagrams.
            guard frame != last || count == 0 else { return }
            count += 1
            last = frame
            if frames.count < ShortFrames.mostListed { frames.append(frame) }
        }

        /// `frames 101, 103 to 105 and 40 more`.
        var words: String {
            var parts: [(from: UInt32, to: UInt32)] = []
            for frame in frames {
                if let end = parts.last?.to, frame == end &+ 1 { parts[parts.count - 1].to = frame } else { parts.append((frame, frame)) }
            }
            let list = parts.map { $0.from == $0.to ? "\($0.from)" : "\($0.from) to \($0.to)" }.joined(separator: ", ")
            let more = count - frames.count
            return (count == 1 ? "frame " : "frames ") + list + (more > 0 ? " and \(more) more" : "")
        }
    }

    /// Frames that a finding names one by one.
    static let mostListed = 20

    /// By capture.
    private(set) var found: [UInt32: Found] = [:]

    @inline(never)
    mutating func add(_ origin: Origin) { found[origin.capture, default: Found()].add(origin.frame) }
}
