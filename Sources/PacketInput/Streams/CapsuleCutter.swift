import Evidence

/// Cuts one direction of a stream into HEP version 3 packets: `HEP3`, then the length of the whole in two octets.
struct CapsuleCutter {
    private var pending = PendingOctets()

    mutating func feed(_ octets: [UInt8], origins: OriginMap, lostBefore: Int, path: NetworkPath, into events: inout [StreamEvent]) {
        pending.append(octets, origins, lostBefore: lostBefore)
        var position = 0
        let all = pending.octets
        while position + 6 <= all.count {
            guard all[position] == 0x48, all[position + 1] == 0x45, all[position + 2] == 0x50, all[position + 3] == 0x33 else {
                // Lost: on at the next magic.
                position += 1
                continue
            }
            let count = Int(all[position + 4]) << 8 | Int(all[position + 5])
            guard count >= 6 else {
                position += 1
                continue
            }
            guard position + count <= all.count else { break }
            events.append(
                .capsule(
                    StreamPacket(
                        path: path, octets: Array(all[position..<position + count]), origin: pending.origins.origin(at: position),
                        time: pending.origins.time(at: position + count - 1))))
            position += count
        }
        if position > 0 { pending.drop(position) }
    }
}
