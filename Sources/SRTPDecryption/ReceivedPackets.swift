/// Which indices of one key were opened: the replay list of RFC 3711 section 3.3.2, with a fingerprint of each packet.
///
/// The fingerprint (the packet's last four octets, part of its tag) tells a copy from another packet under the same index, which a
/// sender that restarted its numbers produces and a live receiver would throw away. Bound: `capacity` indices.
struct ReceivedPackets {
    static let capacity = 1024
    private var fingerprints: [UInt32] = []
    /// Highest index opened; nil before the first.
    private(set) var highest: UInt64?

    enum Verdict {
        case new
        /// An opened packet has this index and these last octets.
        case copy
        /// Below everything the list covers: whether it was seen is not known.
        case late
    }

    private static func slot(_ index: UInt64) -> Int { Int(truncatingIfNeeded: index) & (capacity - 1) }

    func judge(_ index: UInt64, _ fingerprint: UInt32) -> Verdict {
        guard let highest, index <= highest else { return .new }
        if highest - index >= UInt64(Self.capacity) { return .late }
        // Zero marks an empty slot, so a fingerprint of zero is kept as one.
        return fingerprints[Self.slot(index)] == max(fingerprint, 1) ? .copy : .new
    }

    /// Notes a packet that was authenticated; only then may it be called.
    mutating func record(_ index: UInt64, _ fingerprint: UInt32) {
        if fingerprints.isEmpty { fingerprints = [UInt32](repeating: 0, count: Self.capacity) }
        if let highest {
            if index > highest {
                if index - highest >= UInt64(Self.capacity) {
                    clear()
                } else {
                    var passed = highest + 1
                    while passed < index {
                        fingerprints[Self.slot(passed)] = 0
                        passed += 1
                    }
                }
                self.highest = index
            } else if highest - index >= UInt64(Self.capacity) {
                return
            }
        } else {
            highest = index
        }
        fingerprints[Self.slot(index)] = max(fingerprint, 1)
    }

    /// Begins anew at `index`, as if it were the first.
    mutating func restart(at index: UInt64, _ fingerprint: UInt32) {
        clear()
        highest = nil
        record(index, fingerprint)
    }

    /// Sets where the stream stands without any packet opened.
    mutating func position(at index: UInt64) {
        if fingerprints.isEmpty { fingerprints = [UInt32](repeating: 0, count: Self.capacity) }
        clear()
        highest = index
    }

    private mutating func clear() {
        for slot in fingerprints.indices { fingerprints[slot] = 0 }
    }
}
