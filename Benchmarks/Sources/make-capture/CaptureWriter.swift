import Glibc

/// Writes a pcap file with nanosecond times through one large buffer.
final class CaptureWriter {
    private let descriptor: Int32
    private var buffer: UnsafeMutableRawBufferPointer
    private var used = 0
    private(set) var octets = 0
    private(set) var packets = 0

    static let headerLength = 16 + 14 + 20 + 8

    init(path: String) throws {
        descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
        guard descriptor >= 0 else { throw Failure("cannot write \(path)") }
        buffer = .allocate(byteCount: 4 << 20, alignment: 16)
        for (index, word) in [0xA1B2_3C4D, 0x0004_0002, 0, 0, 262_144, 1].enumerated() as EnumeratedSequence<[UInt32]> {
            buffer.storeBytes(of: word.littleEndian, toByteOffset: index * 4, as: UInt32.self)
        }
        used = 24
        octets = 24
    }

    deinit {
        buffer.deallocate()
        close(descriptor)
    }

    /// Room for one record; what is stored there becomes part of the file.
    @inline(__always)
    func record(length: Int, time: Int64) throws -> UnsafeMutableRawBufferPointer {
        if used + length > buffer.count { try flush() }
        let place = UnsafeMutableRawBufferPointer(rebasing: buffer[used..<used + length])
        used += length
        octets += length
        packets += 1
        let (second, nano) = time.quotientAndRemainder(dividingBy: 1_000_000_000)
        place.storeBytes(of: UInt32(truncatingIfNeeded: second).littleEndian, toByteOffset: 0, as: UInt32.self)
        place.storeBytes(of: UInt32(truncatingIfNeeded: nano).littleEndian, toByteOffset: 4, as: UInt32.self)
        return place
    }

    func flush() throws {
        var start = 0
        while start < used {
            let rest = UnsafeRawBufferPointer(rebasing: buffer[start..<used])
            let count = write(descriptor, rest.baseAddress, rest.count)
            guard count > 0 else { throw Failure("write failed: \(String(cString: strerror(errno)))") }
            start += count
        }
        used = 0
    }
}

/// One direction between two ports: everything of a record's headers that does not change from packet to packet.
struct Path {
    /// pcap record header, Ethernet, IPv4, UDP; lengths, identification and checksums are zero.
    private let header: [UInt8]
    private let addressSum: UInt32

    init(from source: String, _ sourcePort: UInt16, to destination: String, _ destinationPort: UInt16) {
        func quad(_ text: String) -> [UInt8] { text.split(separator: ".").compactMap { UInt8($0) } }
        func two(_ value: UInt16) -> [UInt8] { [UInt8(value >> 8), UInt8(value & 255)] }
        let addresses = quad(source) + quad(destination)
        let macs: [UInt8] = [2, 0] + quad(destination) + [2, 0] + quad(source)
        header =
            [UInt8](repeating: 0, count: 16) + macs + [8, 0] + [0x45, 0, 0, 0, 0, 0, 0x40, 0, 64, 17, 0, 0] + addresses + two(sourcePort)
            + two(destinationPort) + [0, 0, 0, 0]
        addressSum = stride(from: 0, to: 8, by: 2).reduce(0) { $0 + UInt32(addresses[$1]) << 8 + UInt32(addresses[$1 + 1]) }
        portSum = UInt32(sourcePort) + UInt32(destinationPort)
    }

    private let portSum: UInt32

    /// Fills in the headers of a record whose UDP payload has `count` octets that sum to `payloadSum`.
    @inline(__always)
    func fill(_ record: UnsafeMutableRawBufferPointer, payload count: Int, payloadSum: UInt32, identification: UInt16) {
        let times = record.loadUnaligned(as: UInt64.self)
        header.withUnsafeBytes { record.copyMemory(from: $0) }
        record.storeBytes(of: times, as: UInt64.self)
        let frame = UInt32(count + 42).littleEndian
        record.storeBytes(of: frame, toByteOffset: 8, as: UInt32.self)
        record.storeBytes(of: frame, toByteOffset: 12, as: UInt32.self)
        let length = UInt16(count + 28)
        store(length, 32, record)
        store(identification, 34, record)
        // 0x4500, don't fragment, 64 hops of UDP: the fixed part of the header's sum.
        store(~fold(0x4500 + 0x4000 + 0x4011 + addressSum + UInt32(length) + UInt32(identification)), 40, record)
        store(UInt16(count + 8), 54, record)
        let sum = ~fold(addressSum + portSum + 17 + 2 * UInt32(count + 8) + payloadSum)
        store(sum == 0 ? 0xFFFF : sum, 56, record)
    }
}

@inline(__always)
func store(_ value: UInt16, _ offset: Int, _ record: UnsafeMutableRawBufferPointer) {
    record.storeBytes(of: value.bigEndian, toByteOffset: offset, as: UInt16.self)
}

/// Ones' complement sum (RFC 1071) of 16-bit words.
@inline(__always)
func fold(_ sum: UInt32) -> UInt16 {
    let once = (sum & 0xFFFF) + (sum >> 16)
    return UInt16(truncatingIfNeeded: (once & 0xFFFF) + (once >> 16))
}

func internetSum(_ octets: ArraySlice<UInt8>) -> UInt32 {
    var sum: UInt32 = 0
    var isHigh = true
    for octet in octets {
        sum += isHigh ? UInt32(octet) << 8 : UInt32(octet)
        isHigh.toggle()
    }
    return UInt32(fold(sum))
}
