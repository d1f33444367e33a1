import CZlib
import Evidence
import NetworkLayers
import TestSupport
import Testing

/// However a WebSocket is cut, masked, fragmented and compressed, the same messages come out.
struct WebSocketTests {
    private typealias Build = WebSocketBuilder

    private func run(_ pieces: [[UInt8]], limits: Limits = Limits(), isMidStream: Bool = false, lostBefore: [Int: Int] = [:])
        -> (messages: [WebSocketMessage], dropped: Int)
    {
        var reader = WebSocketReader(limits: limits, isMidStream: isMidStream, inflaters: InflaterPool(limits: limits))
        var out: [WebSocketMessage] = []
        for (index, piece) in pieces.enumerated() { out += reader.feed(piece, origins: origins(index + 1), lostBefore: lostBefore[index] ?? 0) }
        return (out, reader.dropped)
    }

    private static func hex(_ text: String) throws -> [UInt8] { try #require(Hex.decode(text.filter { $0 != " " })) }

    /// RFC 6455 section 5.7.
    @Test func examplesOfTheSpecification() throws {
        let hello = Array("Hello".utf8)
        #expect(run([try Self.hex("81 05 48 65 6c 6c 6f")]).messages.map(\.octets) == [hello])
        #expect(run([try Self.hex("81 85 37 fa 21 3d 7f 9f 4d 51 58")]).messages.map(\.octets) == [hello])
        #expect(run([try Self.hex("01 03 48 65 6c 80 02 6c 6f")]).messages.map(\.octets) == [hello])
        #expect(run([try Self.hex("01 03 48 65 6c 89 05 48 65 6c 6c 6f 80 02 6c 6f")]).messages.map(\.octets) == [hello])
        let long = [UInt8](repeating: 7, count: 65_536)
        #expect(run([try Self.hex("82 7F 00 00 00 00 00 01 00 00") + long]).messages.map(\.octets) == [long])
    }

    /// RFC 7692 section 7.2.3.1, 7.2.3.2, 7.2.3.3, 7.2.3.4 and 7.2.3.5, each with the fragments that it shows.
    @Test func compressionExamplesOfTheSpecification() throws {
        let hello = Array("Hello".utf8)
        #expect(run([try Self.hex("c1 07 f2 48 cd c9 c9 07 00")]).messages.map(\.octets) == [hello])
        #expect(run([try Self.hex("41 03 f2 48 cd 80 04 c9 c9 07 00")]).messages.map(\.octets) == [hello])
        // The second message refers to the first.
        #expect(run([try Self.hex("c1 07 f2 48 cd c9 c9 07 00 c1 05 f2 00 11 00 00")]).messages.map(\.octets) == [hello, hello])
        // Without context taken over.
        #expect(run([try Self.hex("c1 07 f2 48 cd c9 c9 07 00 c1 07 f2 48 cd c9 c9 07 00")]).messages.map(\.octets) == [hello, hello])
        // A stored block.
        #expect(run([try Self.hex("c1 0b 00 05 00 fa ff 48 65 6c 6c 6f 00")]).messages.map(\.octets) == [hello])
        // A last block, and then one that refers to what was before it.
        #expect(run([try Self.hex("c1 08 f3 48 cd c9 c9 07 00 00 c1 05 f2 00 11 00 00")]).messages.map(\.octets) == [hello, hello])
        // Two blocks in one message.
        #expect(run([try Self.hex("c1 0d f2 48 05 00 00 00 ff ff ca c9 c9 07 00")]).messages.map(\.octets) == [hello])
    }

    @Test func cutAtEachOctetGivesTheSameMessages() {
        let mask: [UInt8] = [1, 0x82, 3, 0x44]
        let stream =
            Build.frame(Build.invite, mask: mask) + Build.frame([], opcode: 9, mask: mask)
            + Build.frame(Array(Build.ringing.prefix(9)), isFinal: false, mask: mask) + Build.frame([1, 2], opcode: 10, mask: mask)
            + Build.frame(Array(Build.ringing.dropFirst(9)), opcode: 0, mask: [9, 9, 9, 9]) + Build.frame(Build.invite, opcode: 2, mask: mask)
        let expected = [Build.invite, Build.ringing, Build.invite]
        for cut in 0...stream.count { #expect(run(pieces(stream, cutAt: [cut])).messages.map(\.octets) == expected, "cut at \(cut)") }
        let single = run(stream.map { [$0] }).messages
        #expect(single.map(\.octets) == expected)
        #expect(single[0].origins.origin(at: 0).frame == 7)
        #expect(single[0].origins.origin(at: 20).frame == 27)
        for end in 0..<stream.count { #expect(run([Array(stream[..<end])]).messages.count <= 3) }
    }

    @Test func lossInsideAFrameEndsAtItsEnd() {
        let stream = Build.frame(Build.invite) + Build.frame(Build.ringing)
        let result = run([Array(stream[..<30]), Array(stream[40...])], lostBefore: [1: 10]).messages
        #expect(result.map(\.isComplete) == [false, true])
        #expect(result[0].octets == Array(Build.invite[..<28]))
        #expect(result[1].octets == Build.ringing)
    }

    @Test func lossAcrossFramesIsPassedOverAtTheNextMessage() {
        let mask: [UInt8] = [1, 2, 3, 4]
        let stream = Build.frame(Build.invite, mask: mask) + Build.frame(Build.ringing, mask: mask) + Build.frame(Build.invite, mask: mask)
        let from = Build.frame(Build.invite, mask: mask).count + 10
        let result = run([Array(stream[..<20]), Array(stream[from...])], lostBefore: [1: from - 20]).messages
        #expect(result.map(\.isComplete) == [false, true])
        #expect(result.last?.octets == Build.invite)
    }

    @Test func streamWithoutItsBeginningIsJoined() {
        let stream = Array(Build.frame(Build.invite).dropFirst(5)) + Build.frame(Build.ringing) + Build.frame(Build.invite)
        #expect(run([stream], isMidStream: true).messages.map(\.octets) == [Build.ringing, Build.invite])
    }

    /// 8 MiB of zeros in 8 KiB: what is unpacked stays below the limit, and what follows is read.
    @Test func bombStaysBounded() throws {
        var limits = Limits()
        limits.sipMessageOctets = 100_000
        let bomb = try deflated([UInt8](repeating: 0, count: 8 << 20))
        #expect(bomb.count < 10_000)
        let next = try deflated(Build.ringing)
        let result = run([Build.frame(bomb, isCompressed: true) + Build.frame(next, isCompressed: true)], limits: limits)
        #expect(result.dropped == 1)
        #expect(result.messages.map(\.octets) == [Build.ringing])
    }

    /// The messages of RFC 7692 section 7.2.3.2: the second refers to the first.
    @Test func contextsOfManyConnectionsAreBounded() throws {
        var limits = Limits()
        limits.inflaters = 2
        let first = try Self.hex("c1 07 f2 48 cd c9 c9 07 00")
        let second = try Self.hex("c1 05 f2 00 11 00 00")
        let pool = InflaterPool(limits: limits)
        var readers = (0..<3).map { _ in WebSocketReader(limits: limits, inflaters: pool) }
        let hello = Array("Hello".utf8)
        for index in [0, 1, 0] { #expect(readers[index].feed(first, origins: origins(1), lostBefore: 0).map(\.octets) == [hello]) }
        #expect(pool.evicted == 0)
        // The third makes the one forget that was unused for longest.
        #expect(readers[2].feed(first, origins: origins(1), lostBefore: 0).map(\.octets) == [hello])
        #expect(pool.evicted == 1)
        #expect(readers[0].feed(second, origins: origins(1), lostBefore: 0).map(\.octets) == [hello])
        #expect(readers[1].feed(second, origins: origins(1), lostBefore: 0).isEmpty)
        #expect(readers[1].dropped == 1)
        // A connection that is over makes room.
        for index in 0..<3 { readers[index].finish() }
        let before = pool.evicted
        var fourth = WebSocketReader(limits: limits, inflaters: pool)
        #expect(fourth.feed(first + second, origins: origins(1), lostBefore: 0).map(\.octets) == [hello, hello])
        #expect(pool.evicted == before)
    }

    @Test func frameThatPromisesTooMuchIsPassedOver() {
        var limits = Limits()
        limits.sipMessageOctets = 1000
        let result = run([Build.frame([UInt8](repeating: 65, count: 5000)) + Build.frame(Build.ringing)], limits: limits)
        #expect(result.dropped == 1)
        #expect(result.messages.map(\.octets) == [Build.ringing])
        #expect(run([[0x82, 0x7F, 0x3F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF] + [UInt8](repeating: 1, count: 100)]).messages.isEmpty)
    }

    @Test func damagedCompressionIsDroppedAndTheNextIsRead() throws {
        let result = run([Build.frame([0xFF, 0xFF, 0xFF], isCompressed: true) + Build.frame(try deflated(Build.ringing), isCompressed: true)])
        #expect(result.dropped == 1)
        #expect(result.messages.map(\.octets) == [Build.ringing])
    }

    @Test(arguments: [41, 42] as [UInt64])
    func randomDamageNeverTraps(_ seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let packed = try deflated(Build.invite)
        for round in 0..<400 {
            var stream =
                Build.frame(Build.invite, mask: [1, 2, 3, 4]) + Build.frame(packed, isCompressed: true, mask: [5, 6, 7, 8]) + Build.frame(Build.ringing)
            for _ in 0..<round % 8 { stream[Int.random(in: 0..<stream.count, using: &random)] = UInt8.random(in: 0...255, using: &random) }
            if round % 5 == 0 { stream = (0..<2000).map { _ in UInt8.random(in: 0...255, using: &random) } }
            var reader = WebSocketReader(limits: Limits(), isMidStream: round % 2 == 0, inflaters: InflaterPool(limits: Limits()))
            var position = 0
            while position < stream.count {
                let next = min(stream.count, position + Int.random(in: 1...90, using: &random))
                let lost = Int.random(in: 0...9, using: &random) == 0 ? Int.random(in: 1...100, using: &random) : 0
                let messages = reader.feed(Array(stream[position..<next]), origins: origins(1), lostBefore: lost)
                #expect(messages.allSatisfy { $0.octets.count < 100_000 }, "seed \(seed)")
                position = next
            }
        }
    }

    /// One message as a sender packs it (RFC 7692 section 7.2.1).
    private func deflated(_ octets: [UInt8]) throws -> [UInt8] {
        var stream = unsafe z_stream()
        try #require(unsafe deflateInit2_(&stream, 9, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK)
        defer { unsafe deflateEnd(&stream) }
        var input = octets
        var out = [UInt8](repeating: 0, count: octets.count + 1024)
        let made = unsafe input.withUnsafeMutableBufferPointer { source in
            unsafe out.withUnsafeMutableBufferPointer { target in
                unsafe stream.next_in = source.baseAddress
                unsafe stream.avail_in = UInt32(source.count)
                unsafe stream.next_out = target.baseAddress
                unsafe stream.avail_out = UInt32(target.count)
                unsafe deflate(&stream, Z_SYNC_FLUSH)
                return unsafe target.count - Int(stream.avail_out)
            }
        }
        #expect(out[(made - 4)..<made] == [0, 0, 0xFF, 0xFF])
        return Array(out[..<(made - 4)])
    }
}
