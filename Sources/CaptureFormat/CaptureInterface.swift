package import Evidence

/// One capturing interface: the header of a pcap file, or an Interface Description Block (draft-ietf-opsawg-pcapng section 4.2).
package struct CaptureInterface: Sendable, Equatable {
    package let linkType: LinkType
    /// Octets of each packet that were kept at most; 0 for no limit.
    package let snapLength: UInt32
    package let resolution: TimestampResolution
    /// `if_tsoffset`: seconds added to every timestamp.
    package let offsetSeconds: Int64
    /// `if_name`.
    package let name: String?
    /// `if_os`.
    package let operatingSystem: String?
    /// `if_fcslen`: octets of frame check sequence at the end of each frame; nil where not told.
    package let fcsLength: Int?
    /// Packets that the capturing host says it lost (Interface Statistics Block, `epb_dropcount`); nil when it says nothing.
    package internal(set) var dropped: UInt64?
    /// Times of packets before which some were dropped (`epb_dropcount`): the first `momentLimit`.
    package private(set) var dropMoments: [CaptureTime] = []

    package static var momentLimit: Int { 1024 }

    package init(
        linkType: LinkType, snapLength: UInt32, resolution: TimestampResolution = .microseconds, offsetSeconds: Int64 = 0, name: String? = nil,
        operatingSystem: String? = nil, fcsLength: Int? = nil
    ) {
        self.linkType = linkType
        self.snapLength = snapLength
        self.resolution = resolution
        self.offsetSeconds = offsetSeconds
        self.name = name
        self.operatingSystem = operatingSystem
        self.fcsLength = fcsLength
        dropped = nil
    }

    mutating func add(dropped more: UInt64, before time: CaptureTime) {
        if dropMoments.count < Self.momentLimit { dropMoments.append(time) }
        let (sum, over) = (dropped ?? 0).addingReportingOverflow(more)
        dropped = over ? .max : sum
    }
}

/// The part of an interface that every packet needs: trivial, so reading it counts no references.
@frozen
@usableFromInline
package struct InterfaceClock: Sendable {
    @usableFromInline package let linkType: LinkType
    @usableFromInline package let snapLength: UInt32
    @usableFromInline package let resolution: TimestampResolution
    /// `if_tsoffset` in nanoseconds, saturated.
    @usableFromInline package let offset: Int64

    package init(_ interface: CaptureInterface) {
        linkType = interface.linkType
        snapLength = interface.snapLength
        resolution = interface.resolution
        let (nanoseconds, over) = interface.offsetSeconds.multipliedReportingOverflow(by: 1_000_000_000)
        offset = over ? (interface.offsetSeconds < 0 ? .min : .max) : nanoseconds
    }

    @inlinable @inline(__always)
    package func nanoseconds(_ ticks: UInt64) -> Int64 {
        let (sum, over) = resolution.nanoseconds(ticks).addingReportingOverflow(offset)
        return over ? (offset < 0 ? .min : .max) : sum
    }
}
