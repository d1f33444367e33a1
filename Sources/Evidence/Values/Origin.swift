/// Which input, which frame, which octet: the answer every claim must be able to give.
@frozen
@usableFromInline
package struct Origin: Hashable, Comparable, Sendable {
    /// Index of the input in canonical order (first packet time, then content hash), never the order of arguments.
    @usableFromInline package let capture: UInt32
    /// One-based, counted as Wireshark does.
    @usableFromInline package let frame: UInt32
    /// Octets from the start of the captured frame.
    @usableFromInline package let offset: UInt32

    @inlinable
    package init(capture: UInt32, frame: UInt32, offset: UInt32 = 0) {
        self.capture = capture
        self.frame = frame
        self.offset = offset
    }

    package func advanced(by octets: Int) -> Origin { Origin(capture: capture, frame: frame, offset: offset &+ UInt32(clamping: octets)) }

    @usableFromInline package static func < (left: Origin, right: Origin) -> Bool {
        (left.capture, left.frame, left.offset) < (right.capture, right.frame, right.offset)
    }
}

/// Where each octet of something reassembled came from: pieces sorted by their offset in the whole.
@usableFromInline
package struct OriginMap: Sendable, Equatable {
    package struct Piece: Sendable, Equatable {
        package let start: Int
        package let origin: Origin
        package let time: CaptureTime
    }

    package private(set) var pieces: [Piece]

    package init() { pieces = [] }

    package init(_ origin: Origin, at time: CaptureTime) { pieces = [Piece(start: 0, origin: origin, time: time)] }

    /// Adds the piece that begins at `start`; starts must not decrease.
    package mutating func append(start: Int, origin: Origin, time: CaptureTime) {
        pieces.append(Piece(start: start, origin: origin, time: time))
    }

    private func piece(at offset: Int) -> Piece? {
        var low = 0
        var high = pieces.count
        while low < high {
            let middle = (low + high) / 2
            if pieces[middle].start <= offset { low = middle + 1 } else { high = middle }
        }
        return low > 0 ? pieces[low - 1] : pieces.first
    }

    /// The packet octet that became octet `offset` of the whole.
    @usableFromInline
    package func origin(at offset: Int) -> Origin {
        guard let piece = piece(at: offset) else { return Origin(capture: 0, frame: 0) }
        return piece.origin.advanced(by: max(0, offset - piece.start))
    }

    /// When the packet that holds octet `offset` was captured.
    package func time(at offset: Int) -> CaptureTime { piece(at: offset)?.time ?? .distantPast }

    /// The map of the octets of `range`, without looking at what lies outside.
    package func slice(_ range: Range<Int>) -> OriginMap {
        var out = OriginMap()
        var low = 0
        var high = pieces.count
        while low < high {
            let middle = (low + high) / 2
            if pieces[middle].start <= range.lowerBound { low = middle + 1 } else { high = middle }
        }
        if low > 0 {
            let first = pieces[low - 1]
            out.pieces.append(Piece(start: 0, origin: first.origin.advanced(by: range.lowerBound - first.start), time: first.time))
        }
        while low < pieces.count, pieces[low].start < range.upperBound {
            out.pieces.append(Piece(start: pieces[low].start - range.lowerBound, origin: pieces[low].origin, time: pieces[low].time))
            low += 1
        }
        return out
    }

    /// The map of the part from `start` on.
    @usableFromInline
    package func dropping(_ start: Int) -> OriginMap {
        var out = OriginMap()
        if let first = piece(at: start), first.start <= start {
            out.pieces.append(Piece(start: 0, origin: first.origin.advanced(by: start - first.start), time: first.time))
        }
        for piece in pieces where piece.start > start { out.pieces.append(Piece(start: piece.start - start, origin: piece.origin, time: piece.time)) }
        return out
    }
}
