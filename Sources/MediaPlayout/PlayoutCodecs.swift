import Evidence
import MediaCodecs

/// What each payload type means at this moment, with decoders made when first needed.
struct PlayoutCodecs {
    enum Treatment {
        case audio(any AudioDecoder, clock: Int)
        case comfortNoise
        case telephoneEvent(clock: Int)
        case redundant
        case repair
        case unsupported(clock: Int)
        case unmapped
    }

    private(set) var map: [PayloadType: CodecDescription]
    /// Types of redundant packets; asked of every packet that comes out of turn, and mostly empty.
    private var redundant: Set<PayloadType>
    private var made: [PayloadType: Treatment] = [:]

    init(map: [PayloadType: CodecDescription]) {
        self.map = map
        redundant = Self.redundantTypes(map)
    }

    private static func redundantTypes(_ map: [PayloadType: CodecDescription]) -> Set<PayloadType> {
        Set(map.filter { $0.value.role == .redundant }.keys)
    }

    /// Types whose meaning stays keep their decoder.
    mutating func replace(_ newMap: [PayloadType: CodecDescription]) {
        for type in Array(made.keys) where map[type] != newMap[type] { made[type] = nil }
        map = newMap
        redundant = Self.redundantTypes(newMap)
    }

    mutating func treatment(of type: PayloadType) -> Treatment {
        if let known = made[type] { return known }
        let fresh: Treatment
        if let codec = map[type] {
            switch codec.role {
            case .comfortNoise: fresh = .comfortNoise
            // Tones by frequency (RFC 4733 section 4) have another payload; they are counted.
            case .telephoneEvent where codec.encoding == "TONE": fresh = .repair
            case .telephoneEvent: fresh = .telephoneEvent(clock: codec.clockRate.hertz)
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

    /// RTP clock that the type's own description gives to audio; nil for what only accompanies audio.
    func clock(of type: PayloadType) -> Int? {
        guard let codec = map[type], codec.role == .audio else { return nil }
        return codec.clockRate.hertz
    }

    /// Whether packets of this type keep a timestamp that says nothing of their own time: events, and what repairs others.
    func isEvent(_ type: PayloadType) -> Bool {
        let role = map[type]?.role
        return role == .telephoneEvent || role == .repair
    }

    func isRedundant(_ type: PayloadType) -> Bool { !redundant.isEmpty && redundant.contains(type) }
}
