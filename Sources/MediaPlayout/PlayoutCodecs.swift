import Evidence
import MediaCodecs

/// What each payload type means at this moment, with decoders made when first needed.
struct PlayoutCodecs {
    enum Treatment {
        case audio(any AudioDecoder, clock: Int)
        case comfortNoise
        case telephoneEvent(clock: Int, isAssumed: Bool)
        case redundant
        case repair
        case unsupported(clock: Int)
        case unmapped
    }

    private(set) var map: [PayloadType: CodecDescription]
    /// Asked of every packet that comes out of turn, and of each pair of packets when a stream is anchored.
    private var redundant = PayloadTypeSet()
    private var events = PayloadTypeSet()
    private var separate = PayloadTypeSet()
    private var made: [PayloadType: Treatment] = [:]
    /// RTP clocks that packets were found to run at, against their description.
    private var found: [PayloadType: Int] = [:]

    init(map: [PayloadType: CodecDescription]) {
        self.map = map
        sortTypes()
    }

    private mutating func sortTypes() {
        redundant = PayloadTypeSet()
        events = PayloadTypeSet()
        separate = PayloadTypeSet()
        for (type, codec) in map {
            if codec.hasSeparateFrames { separate.insert(type) }
            switch codec.role {
            case .redundant: redundant.insert(type)
            case .telephoneEvent, .repair: events.insert(type)
            case .audio, .comfortNoise, .text: break
            }
        }
    }

    /// Types whose meaning stays keep their decoder.
    mutating func replace(_ newMap: [PayloadType: CodecDescription]) {
        for type in Array(made.keys) where map[type] != newMap[type] {
            made[type] = nil
            found[type] = nil
        }
        map = newMap
        sortTypes()
    }

    mutating func treatment(of type: PayloadType) -> Treatment {
        if let known = made[type] { return known }
        let fresh: Treatment
        if let codec = map[type] {
            switch codec.role {
            case .comfortNoise: fresh = .comfortNoise
            // Tones by frequency (RFC 4733 section 4) have another payload; they are counted.
            case .telephoneEvent where codec.encoding == "TONE": fresh = .repair
            case .telephoneEvent: fresh = .telephoneEvent(clock: codec.clockRate.hertz, isAssumed: codec.isAssumed)
            case .redundant: fresh = .redundant
            case .repair, .text: fresh = .repair
            case .audio:
                let clock = codec.clockRate.hertz
                fresh = CodecRegistry.makeDecoder(for: codec).map { .audio($0, clock: clock) } ?? .unsupported(clock: clock)
            }
        } else {
            fresh = .unmapped
        }
        made[type] = fresh
        return fresh
    }

    /// RTP clock of audio, as described unless found to be another; nil for what only accompanies audio.
    func clock(of type: PayloadType) -> Int? {
        guard let codec = map[type], codec.role == .audio else { return nil }
        return found[type] ?? codec.clockRate.hertz
    }

    mutating func setClock(_ clock: Int, of type: PayloadType) { found[type] = clock }

    /// Whether packets of this type keep a timestamp that says nothing of their own time: events, and what repairs others.
    func isEvent(_ type: PayloadType) -> Bool { events.contains(type) }

    /// Whether nothing describes packets of this type, and none of them was taken for an event.
    func isUnknown(_ type: PayloadType) -> Bool { !events.contains(type) && map[type] == nil }

    /// Takes a type that nothing describes for one of events, as its packets look like such.
    mutating func assumeEvents(_ type: PayloadType) { events.insert(type) }

    func isRepair(_ type: PayloadType) -> Bool { map[type]?.role == .repair }

    /// Whether packets have to be taken apart first.
    func isSeparate(_ type: PayloadType) -> Bool { separate.contains(type) }

    func isRedundant(_ type: PayloadType) -> Bool { redundant.contains(type) }
}

/// Payload types, one bit each: looking one up needs no hash.
private struct PayloadTypeSet {
    private var low: UInt64 = 0
    private var high: UInt64 = 0

    mutating func insert(_ type: PayloadType) {
        if type.value < 64 { low |= 1 << UInt64(type.value) } else { high |= 1 << UInt64(type.value & 63) }
    }

    func contains(_ type: PayloadType) -> Bool { (type.value < 64 ? low >> UInt64(type.value) : high >> UInt64(type.value & 63)) & 1 == 1 }
}
