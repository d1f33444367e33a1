/// Why a piece of wire format could not be read: what, where and in which words.
///
/// Two faults are equal when code and offset are; the wording may improve freely.
package struct ParseFault: Error, Equatable, Sendable {
    /// A stable machine name such as `udp.short`.
    package let code: StaticString
    /// Octets from the start of the reader's base.
    package let offset: Int
    /// For people; never parsed.
    package let reason: String

    package init(code: StaticString, offset: Int, reason: String) {
        self.code = code
        self.offset = offset
        self.reason = reason
    }

    package static func == (left: ParseFault, right: ParseFault) -> Bool {
        left.offset == right.offset && left.code.description == right.code.description
    }
}

/// Too few octets: `needed` more than were there, at `offset`.
///
/// A trivial value, so that throwing it on the packet path allocates nothing.
@frozen
@usableFromInline
package struct ShortRead: Error, Equatable, Sendable {
    @usableFromInline package let offset: Int
    @usableFromInline package let needed: Int

    @inlinable
    package init(offset: Int, needed: Int) {
        self.offset = offset
        self.needed = needed
    }
}

/// The one cursor over captured octets: big-endian (network order) unless the name says otherwise.
///
/// Every read is bounds-checked and advances; a failed read leaves the cursor where it was.
@frozen
@usableFromInline
package struct ByteReader: ~Escapable {
    @usableFromInline package let bytes: RawSpan
    /// Octets consumed so far.
    @usableFromInline package var position: Int

    @inlinable
    @_lifetime(copy bytes)
    package init(_ bytes: RawSpan) {
        self.bytes = bytes
        self.position = 0
    }

    @inlinable package var remaining: Int { bytes.byteCount - position }
    @inlinable package var isAtEnd: Bool { position >= bytes.byteCount }

    @inlinable
    @_lifetime(self: copy self)
    package mutating func u8() throws(ShortRead) -> UInt8 {
        guard remaining >= 1 else { throw ShortRead(offset: position, needed: 1) }
        defer { position += 1 }
        return bytes.u8(position)
    }

    @inlinable
    @_lifetime(self: copy self)
    package mutating func u16() throws(ShortRead) -> UInt16 {
        guard remaining >= 2 else { throw ShortRead(offset: position, needed: 2) }
        defer { position += 2 }
        return bytes.be16(position)
    }

    @inlinable
    @_lifetime(self: copy self)
    package mutating func u32() throws(ShortRead) -> UInt32 {
        guard remaining >= 4 else { throw ShortRead(offset: position, needed: 4) }
        defer { position += 4 }
        return bytes.be32(position)
    }

    @inlinable
    @_lifetime(self: copy self)
    package mutating func u64() throws(ShortRead) -> UInt64 {
        guard remaining >= 8 else { throw ShortRead(offset: position, needed: 8) }
        defer { position += 8 }
        return bytes.be64(position)
    }

    @inlinable
    @_lifetime(self: copy self)
    package mutating func skip(_ count: Int) throws(ShortRead) {
        guard count >= 0, remaining >= count else { throw ShortRead(offset: position, needed: count) }
        position += count
    }

    /// The next `count` octets, copied out.
    @inlinable
    @_lifetime(self: copy self)
    package mutating func array(_ count: Int) throws(ShortRead) -> [UInt8] {
        guard count >= 0, remaining >= count else { throw ShortRead(offset: position, needed: count) }
        defer { position += count }
        return bytes.array(position..<position + count)
    }
}

/// Checked reads at an offset. Reading outside the span traps, so callers compare with `byteCount` first.
extension RawSpan {
    @inlinable @inline(__always)
    package func u8(_ offset: Int) -> UInt8 { unsafe unsafeLoad(fromByteOffset: offset, as: UInt8.self) }

    @inlinable @inline(__always)
    package func be16(_ offset: Int) -> UInt16 {
        UInt16(bigEndian: unsafe unsafeLoadUnaligned(fromByteOffset: offset, as: UInt16.self))
    }

    @inlinable @inline(__always)
    package func be32(_ offset: Int) -> UInt32 {
        UInt32(bigEndian: unsafe unsafeLoadUnaligned(fromByteOffset: offset, as: UInt32.self))
    }

    @inlinable @inline(__always)
    package func be64(_ offset: Int) -> UInt64 {
        UInt64(bigEndian: unsafe unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }

    @inlinable @inline(__always)
    package func le16(_ offset: Int) -> UInt16 {
        UInt16(littleEndian: unsafe unsafeLoadUnaligned(fromByteOffset: offset, as: UInt16.self))
    }

    @inlinable @inline(__always)
    package func le32(_ offset: Int) -> UInt32 {
        UInt32(littleEndian: unsafe unsafeLoadUnaligned(fromByteOffset: offset, as: UInt32.self))
    }

    /// The octets of `range`, copied.
    @inlinable
    package func array(_ range: Range<Int>) -> [UInt8] {
        let part = extracting(range)
        return unsafe part.withUnsafeBytes { unsafe [UInt8]($0) }
    }

    /// All octets, copied.
    @inlinable package var array: [UInt8] { unsafe withUnsafeBytes { unsafe [UInt8]($0) } }
}
