public import Evidence

extension RTPHeader {
    /// Contributing source number `index` of the packet at `start` in `bytes`; nil outside the list (RFC 3550 section 5.1).
    @inlinable
    package func csrc(_ index: Int, in bytes: RawSpan, at start: Int = 0) -> SSRC? {
        guard index >= 0, index < csrcCount, start >= 0, start <= bytes.byteCount - headerLength else { return nil }
        return SSRC(bytes.be32(start + 12 + 4 * index))
    }

    /// The contributing sources in the order of the list.
    package func csrcs(in bytes: RawSpan, at start: Int = 0) -> [SSRC] {
        (0..<csrcCount).compactMap { csrc($0, in: bytes, at: start) }
    }

    /// Where extension data lies in `bytes`, without its four-octet head; nil without an extension.
    @inlinable
    package func extensionData(at start: Int = 0) -> Range<Int>? {
        guard hasExtension else { return nil }
        let begin = start + 12 + 4 * csrcCount + 4
        return begin..<begin + extensionLength
    }

    /// Whether the extension has the one-octet (0xBEDE) or two-octet (0x100x) form of RFC 8285 sections 4.2 and 4.3.
    @inlinable package var extensionForm: HeaderExtensionForm {
        guard hasExtension else { return .none }
        if extensionProfile == 0xBEDE { return .oneByte }
        return extensionProfile & 0xFFF0 == 0x1000 ? .twoByte : .opaque
    }

    /// The elements of an RFC 8285 extension of the packet at `start`; empty for any other.
    ///
    /// Reading stops at identifier 15 of the one-octet form, as section 4.2 demands, and at an element that does not fit.
    package func extensionElements(in bytes: RawSpan, at start: Int = 0) -> [HeaderExtensionElement] {
        var found: [HeaderExtensionElement] = []
        guard let data = extensionData(at: start), data.lowerBound >= 0, data.upperBound <= bytes.byteCount else { return found }
        let form = extensionForm
        guard form == .oneByte || form == .twoByte else { return found }
        var position = data.lowerBound
        while position < data.upperBound {
            let first = bytes.u8(position)
            position += 1
            let id: UInt8
            let length: Int
            if form == .oneByte {
                id = first >> 4
                // Identifier 0 is a padding octet; section 4.2 wants its length 0, and skipping one octet is what all receivers do.
                if id == 0 { continue }
                if id == 15 { break }
                length = Int(first & 15) + 1
            } else {
                id = first
                if id == 0 { continue }
                guard position < data.upperBound else { break }
                length = Int(bytes.u8(position))
                position += 1
            }
            guard position + length <= data.upperBound else { break }
            found.append(HeaderExtensionElement(id: id, range: position..<position + length))
            position += length
        }
        return found
    }

    /// Where the element with the local identifier `id` lies in `bytes` (RFC 8285 section 4.1.2); nil when it is not there.
    package func extensionElement(_ id: UInt8, in bytes: RawSpan, at start: Int = 0) -> Range<Int>? {
        extensionElements(in: bytes, at: start).first { $0.id == id }?.range
    }
}

/// How elements sit in an RTP header extension.
@frozen
@usableFromInline
package enum HeaderExtensionForm: UInt8, Sendable {
    case none
    /// RFC 8285 section 4.2.
    case oneByte
    /// RFC 8285 section 4.3.
    case twoByte
    /// Some other profile's (RFC 3550 section 5.3.1).
    case opaque
}

/// One element of an RFC 8285 header extension.
@usableFromInline
package struct HeaderExtensionElement: Sendable, Equatable {
    /// Local identifier, mapped to a URI by a=extmap: 1 to 14, or 1 to 255 in the two-octet form.
    @usableFromInline package let id: UInt8
    /// Where its data lies in the parsed octets.
    @usableFromInline package let range: Range<Int>
}
