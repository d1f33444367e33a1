package import PacketInput

/// What compressed octets unpack to, as far as that is possible; a fault then says why not further.
///
/// The memory does not depend on what the input unpacks to, and there is no limit on that: whoever reads can stop. One call unpacks
/// no more than the caller's buffer holds and reads a bounded amount for it.
package final class DecompressingReader: CaptureReader {
    /// Compressed octets held at a time.
    private static let bufferOctets = 256 << 10
    /// Enough at a time to make the calls cheap.
    private static let goodAmount = 256 << 10
    /// Compressed octets without any content, or of padding: no compressor writes that many, and reading on could take for ever.
    private static let mostWithoutContent = 256 << 20
    /// A compressed file inside a compressed file is unpacked too, no deeper.
    private static let deepest = 2

    private enum Place { case between, inside, ended }

    private let base: any CaptureReader
    private let format: CompressionFormat
    private let decompressor: (any Decompressor)?
    private let name: String
    /// 1 for the file itself, 2 for what it unpacks to.
    private let level: Int

    private var input = [UInt8](repeating: 0, count: bufferOctets)
    private var position = 0
    private var filled = 0
    private var hasBaseEnded = false
    /// Compressed octets before the buffer's first one.
    private var offset = 0
    private var withoutContent = 0
    private var place = Place.between
    private var members = 0
    /// Unpacked before anybody asked, to know what it is.
    private var head: [UInt8] = []
    private var headPosition = 0
    private var handedOut = 0
    /// Thrown once everything before it has been handed out.
    private var fault: InputFault?

    private init(_ base: any CaptureReader, _ format: CompressionFormat, name: String, level: Int) {
        self.base = base
        self.format = format
        self.name = name
        self.level = level
        decompressor = format.decompressor()
    }

    /// `base` itself where its first octets, given as `head`, are not compressed in a way that siprecap reads; else what it unpacks to.
    package static func unpacking(_ base: any CaptureReader, head: [UInt8], name: String) -> any CaptureReader {
        var reader = base
        var head = head
        for level in 1...deepest {
            guard let format = CompressionFormat(head: head[...]) else { break }
            let inner = DecompressingReader(reader, format, name: name, level: level)
            if level < deepest { head = inner.peek() }
            reader = inner
        }
        return reader
    }

    private func peek() -> [UInt8] {
        var octets = [UInt8](repeating: 0, count: CompressionFormat.headOctets)
        var count = 0
        while count < octets.count {
            let more = unpack(into: &octets, from: count)
            if more == 0 { break }
            count += more
        }
        head = Array(octets[..<count])
        return head
    }

    /// Progress is that of the compressed octets, as only their number is known beforehand.
    package var amount: ReadAmount? { ReadAmount(taken: base.amount?.taken ?? offset + position, unpacked: handedOut) }

    package func read(into buffer: inout [UInt8], from offset: Int) throws(InputFault) -> Int {
        let count = try next(into: &buffer, from: offset)
        handedOut += count
        return count
    }

    private func next(into buffer: inout [UInt8], from offset: Int) throws(InputFault) -> Int {
        guard offset >= 0, offset < buffer.count else { return 0 }
        if headPosition < head.count {
            let count = min(head.count - headPosition, buffer.count - offset)
            for index in 0..<count { buffer[offset + index] = head[headPosition + index] }
            headPosition += count
            return count
        }
        let count = unpack(into: &buffer, from: offset)
        if count == 0, let fault { throw fault }
        return count
    }

    /// Octets unpacked; 0 at the end, or where `fault` says why there are no more.
    private func unpack(into buffer: inout [UInt8], from start: Int) -> Int {
        let end = min(buffer.count, start + Self.goodAmount)
        var at = start
        while at < end, fault == nil, place != .ended {
            if place == .between {
                beginMember()
            } else {
                at += step(into: &buffer, at..<end)
            }
        }
        return at - start
    }

    /// Looks whether another member follows.
    private func beginMember() {
        while filled - position < 8, !hasBaseEnded, fault == nil { refill() }
        guard fault == nil else { return }
        if position == filled {
            place = .ended
            if members == 0 { fault = cut() }
            return
        }
        switch format.continuation(input[position..<filled]) {
        case .member:
            if members > 0, decompressor?.restart() != true { fault = stopped("not enough memory") }
            place = .inside
        case .cutMember: fault = cut()
        case .padding where members > 0: skipPadding()
        case .padding, .foreign:
            fault = say("holds \(format.name) data up to octet \(offset + position)\(ofWhat), and something else after that, which is not read")
        }
    }

    private func skipPadding() {
        let next = input[position..<filled].firstIndex { $0 != 0 } ?? filled
        count(next - position)
        position = next
    }

    private func step(into buffer: inout [UInt8], _ space: Range<Int>) -> Int {
        guard let decompressor else {
            fault = stopped("not enough memory")
            return 0
        }
        let step = unsafe input.withUnsafeBytes { source in
            unsafe buffer.withUnsafeMutableBytes { target in
                unsafe decompressor.step(
                    UnsafeRawBufferPointer(rebasing: source[position..<filled]), UnsafeMutableRawBufferPointer(rebasing: target[space]))
            }
        }
        position += step.consumed
        switch step.state {
        case .failed(let words): fault = stopped(words)
        case .memberEnd:
            members += 1
            place = .between
        case .more where step.consumed == 0 && step.produced == 0:
            if position < filled {
                fault = stopped("no progress")
            } else if hasBaseEnded {
                fault = cut()
            } else {
                refill()
            }
        case .more: break
        }
        if step.produced > 0 { withoutContent = 0 } else { count(step.consumed) }
        return step.produced
    }

    private func count(_ octets: Int) {
        withoutContent += octets
        if withoutContent > Self.mostWithoutContent, fault == nil { fault = stopped("\(withoutContent >> 20) MiB without any content") }
    }

    /// Moves what is left to the front and reads on.
    private func refill() {
        if position > 0 {
            for index in position..<filled { input[index - position] = input[index] }
            offset += position
            filled -= position
            position = 0
        }
        do throws(InputFault) {
            let count = try base.read(into: &input, from: filled)
            filled += count
            hasBaseEnded = count == 0
        } catch { fault = error }
    }

    /// Offsets count in the file, or in what it unpacks to.
    private var ofWhat: String { level == 1 ? "" : " of what it unpacks to" }

    private func cut() -> InputFault {
        say("ends within its \(format.name) data, after octet \(offset + filled)\(ofWhat): the rest is missing")
    }

    private func stopped(_ words: String) -> InputFault {
        say("cannot be unpacked beyond octet \(offset + position)\(ofWhat): the \(format.name) data there are damaged or of an unusual kind (\(words))")
    }

    private func say(_ reason: String) -> InputFault { InputFault(name: name, reason: reason) }
}
