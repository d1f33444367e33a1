import Evidence
import RTPSyntax

extension SRTPStream {
    /// Looks for the rollover counter of a stream whose beginning, or a long part, was not captured.
    ///
    /// Tries each key with every counter from `first` to `last` on the packets of `samples`, and accepts what opens two different ones: with a tag of
    /// 32 bits one packet alone is wrong once in 65,536 searches of 65,536 (RFC 3711 section 9.5). On success the stream stands just before
    /// the samples, which the caller then opens in order. Bound: `last - first` times keys times samples authentications.
    ///
    /// Returns the counter of the first sample that opened.
    package func searchROC(from first: UInt32 = 0, upTo last: UInt32, samples: [[UInt8]]) -> UInt32? {
        guard first <= last else { return nil }
        for candidate in preferred() {
            for (number, sample) in samples.enumerated() {
                guard let header = header(of: sample, for: candidate) else { continue }
                for roc in first...last {
                    let index = UInt64(roc) << 16 | UInt64(header.sequence.value)
                    guard opens(sample, header, candidate, index), isConfirmed(candidate, header.sequence, index, samples.dropFirst(number + 1)) else {
                        continue
                    }
                    // One below, so that the sample itself is new to the replay list.
                    unsafe candidate.received = ReceivedPackets()
                    if index > 0 { unsafe candidate.received.position(at: index - 1) }
                    take(candidate)
                    return roc
                }
            }
        }
        return nil
    }

    /// The header of a sample that can be this stream's under the candidate's key.
    private func header(of sample: [UInt8], for candidate: SRTPCandidate) -> RTPHeader? {
        let bytes = unsafe sample.span.bytes
        guard let header = RTPHeader(parsing: bytes, at: 0, count: sample.count), ssrc == nil || ssrc == header.ssrc else { return nil }
        return candidate.fits(bytes, header) && candidate.isNamed(by: bytes) ? header : nil
    }

    private func opens(_ sample: [UInt8], _ header: RTPHeader, _ candidate: SRTPCandidate, _ index: UInt64) -> Bool {
        unsafe candidate.open(sample.span.bytes, header, index, into: &scratch)
    }

    private func isConfirmed(_ candidate: SRTPCandidate, _ sequence: SequenceNumber, _ index: UInt64, _ others: ArraySlice<[UInt8]>) -> Bool {
        others.contains { other in
            guard let header = header(of: other, for: candidate), header.sequence != sequence else { return false }
            return opens(other, header, candidate, SRTPCandidate.nearest(to: index, header.sequence))
        }
    }
}
