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
    private var made: [PayloadType: Treatment] = [:]
    /// RTP clocks that packets were found to run at, against their description.
    private var found: [PayloadType: Int] = [:]

    init(map: [PayloadType: CodecDescription]) { self.map = map }

    /// Types whose meaning stays keep their decoder.
    mutating func replace(_ newMap: [PayloadType: CodecDescription]) {
        for type in Array(made.keys) where map[type] != newMap[type] {
            made[type] = nil
            found[type] = nil
        }
        map = newMap
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

    /// RTP clock of audio, as described unless found to be another; nil for what only accompanies audio.
    func clock(of type: PayloadType) -> Int? {
        guard let codec = map[type], codec.role == .audio else { return nil }
        return found[type] ?? codec.clockRate.hertz
    }

    mutating func setClock(_ clock: Int, of type: PayloadType) { found[type] = clock }

    /// Whether packets of this type keep a timestamp that says nothing of their own time: events, and what repairs others.
    func isEvent(_ type: PayloadType) -> Bool {
        let role = map[type]?.role
        return role == .telephoneEvent || role == .repair
    }

    func isRepair(_ type: PayloadType) -> Bool { map[type]?.role == .repair }

    func isRedundant(_ type: PayloadType) -> Bool { map[type]?.role == .redundant }
}
