/// A coded audio file while it is made.
package protocol CodedAudioWriter: AnyObject {
    /// Appends coded sound of `frames` frames: octets of G.711, or one Opus packet.
    func append(_ octets: [UInt8], frames: Int) throws(OutputFault)
    /// Completes the file at `frames`, its lead not counted; what the last Opus packet holds beyond is not played.
    func finish(frames: Int64) throws(OutputFault) -> WrittenFile
}

/// Samples that are needed once more before their recording is finished. They are no part of it and go with the store.
package protocol SampleStore: AnyObject {
    func append(_ samples: Span<Int16>) throws(OutputFault)
    func appendSilence(samples: Int64) throws(OutputFault)
    /// Appends up to `count` samples from number `start` on to `out`, fewer at the end. After the first call nothing may be appended.
    func read(_ count: Int, from start: Int64, into out: inout [Int16]) throws(OutputFault)
}
