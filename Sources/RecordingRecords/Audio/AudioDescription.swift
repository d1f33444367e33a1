package import Evidence

/// What an audio file says about itself in its broadcast chunk (EBU Tech 3285 section 2.3).
package struct AudioDescription: Sendable, Equatable {
    /// Free text: whose voice this is. The chunk keeps 256 ASCII characters.
    package let description: String
    /// The tool. The chunk keeps 32 ASCII characters.
    package let originator: String
    /// The recording's id. The chunk keeps 32 ASCII characters.
    package let originatorReference: String
    /// When the first sample was heard. The chunk has no zone, so it is UTC.
    package private(set) var start: CaptureTime
    /// What the samples went through, oldest first, without line ends, for example `A=G711u,F=8000,W=8,M=mono,T=RTP`.
    package let codingHistory: [String]
    /// How long the file will be about: decides whether its header must have room for more than 4 GiB.
    package var expectedSeconds = 0.0
    /// Who is heard on each channel, from the first on; one for all where there is only one.
    package var channelNames: [String] = []

    package init(description: String, originator: String, originatorReference: String, start: CaptureTime, codingHistory: [String] = []) {
        self.description = description
        self.originator = originator
        self.originatorReference = originatorReference
        self.start = start
        self.codingHistory = codingHistory
    }

    /// Moves the start to a frame of the timeline that began at it.
    package mutating func begin(at frame: Int64, sampleRate: Int) { start = start.advanced(bySeconds: Double(frame) / Double(max(1, sampleRate))) }

    /// `2026-11-22`, UTC.
    package var originationDate: String { String(start.rfc3339.prefix(10)) }

    /// `21:11:31`, UTC.
    package var originationTime: String { String(start.rfc3339.dropFirst(11).prefix(8)) }

    /// Samples between midnight UTC and the start, rounded down.
    package func timeReference(sampleRate: Int) -> UInt64 {
        let day: Int64 = 86_400_000_000_000
        let inDay = UInt64(start.nanoseconds.floorDivided(by: day).remainder)
        let (seconds, nanoseconds) = inDay.quotientAndRemainder(dividingBy: 1_000_000_000)
        let rate = UInt64(clamping: max(0, min(sampleRate, 10_000_000)))
        return seconds * rate + nanoseconds * rate / 1_000_000_000
    }
}
