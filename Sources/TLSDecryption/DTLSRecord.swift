import Evidence

/// One record of a DTLS datagram (RFC 6347 section 4.1, RFC 9147 section 4).
struct DTLSRecord: Sendable {
    let type: UInt8
    let version: UInt16
    let epoch: UInt16
    /// 48 bits.
    let sequence: UInt64
    let fragment: [UInt8]

    /// The records of a datagram, as far as they can be read; those with a unified header (DTLS 1.3) carry nothing that is followed.
    static func all(_ datagram: [UInt8]) -> [DTLSRecord] {
        var out: [DTLSRecord] = []
        var reader = TLSReader(datagram)
        while let type = reader.u8(), (20...26).contains(type), type != 25 {
            guard let version = reader.u16(), version >> 8 == 0xFE, let epoch = reader.u16(), let sequence = reader.number(6),
                let fragment = reader.vector16()
            else { break }
            out.append(DTLSRecord(type: type, version: version, epoch: epoch, sequence: UInt64(sequence), fragment: fragment))
        }
        return out
    }
}

/// Puts handshake messages together from fragments in any order (RFC 6347 section 4.2.3).
struct DTLSFragments: Sendable {
    fileprivate struct Train: Sendable {
        let type: UInt8
        var octets: [UInt8]
        /// Sorted ranges that are there.
        var have: [Range<Int>] = []
        /// Of the first fragment.
        let time: CaptureTime
        let origin: Origin
    }

    private var trains: [UInt16: Train] = [:]
    /// Number of the message that comes next; nil before the first.
    private var next: UInt16?
    /// Messages that may be put together at once.
    private static let most = 32

    mutating func clear() {
        trains = [:]
        next = nil
    }

    struct Whole {
        let message: TLSMessage
        let time: CaptureTime
        let origin: Origin
        let number: UInt16

        /// With the twelve octets of header of DTLS, as if it were one fragment: that is what is digested (RFC 6347 section 4.2.6).
        var digested: [UInt8] {
            let length = [UInt8(message.body.count >> 16 & 255), UInt8(message.body.count >> 8 & 255), UInt8(message.body.count & 255)]
            return [message.type] + length + [UInt8(number >> 8), UInt8(number & 255), 0, 0, 0] + length + message.body
        }
    }

    /// Takes the fragments of a record, and gives the messages that are whole, in order of their numbers.
    mutating func add(_ fragment: [UInt8], time: CaptureTime, origin: Origin) -> [Whole] {
        var reader = TLSReader(fragment)
        var out: [Whole] = []
        while let type = reader.u8() {
            guard let length = reader.number(3), let number = reader.u16(), let offset = reader.number(3), let count = reader.number(3),
                let part = reader.take(count), offset + count <= length, length <= TLSMessageBuffer.longest
            else { break }
            // A Hello begins anew; anything below the next number is sent again.
            if type == TLSMessage.Kind.clientHello || type == TLSMessage.Kind.serverHello, next.map({ number < $0 }) ?? true, offset == 0 {
                if trains[number].map({ $0.octets.count != length }) ?? true { trains = [:] }
                next = number
            }
            if let next, number < next { continue }
            if next == nil { next = number }
            var train = trains[number] ?? Train(type: type, octets: [UInt8](repeating: 0, count: length), time: time, origin: origin)
            guard trains.count < Self.most || trains[number] != nil, train.octets.count == length, train.type == type else { continue }
            train.octets.replaceSubrange(offset..<offset + count, with: part)
            train.add(offset..<offset + count)
            trains[number] = train
        }
        while let number = next, let train = trains[number], train.isWhole {
            trains[number] = nil
            out.append(Whole(message: TLSMessage(type: train.type, body: train.octets), time: train.time, origin: train.origin, number: number))
            next = number &+ 1
        }
        return out
    }
}

fileprivate extension DTLSFragments.Train {
    var isWhole: Bool { octets.isEmpty || have == [0..<octets.count] }

    mutating func add(_ range: Range<Int>) {
        guard !range.isEmpty, have.count < 256 else { return }
        var merged = range
        have.removeAll { old in
            guard old.lowerBound <= merged.upperBound, merged.lowerBound <= old.upperBound else { return false }
            merged = min(old.lowerBound, merged.lowerBound)..<max(old.upperBound, merged.upperBound)
            return true
        }
        have.insert(merged, at: have.firstIndex { $0.lowerBound > merged.lowerBound } ?? have.count)
    }
}
