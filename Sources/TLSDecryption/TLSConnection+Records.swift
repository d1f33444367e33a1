import Evidence

extension TLSConnection {
    /// What became of a record.
    enum Handled {
        /// Read; when it is not `isGood` a search for records goes on one octet further.
        case done(isGood: Bool)
        /// It needs the other side or a secret.
        case waits
        /// The state changed: the same record is to be read again.
        case again
    }

    /// Reads one record of a direction. False when nothing more can be done now.
    mutating func step(_ side: TLSSide, _ direction: inout Direction) -> Bool {
        guard let run = direction.runs.first else { return false }
        if case .dead = direction.cover {
            bury(&direction)
            return false
        }
        if run.isSearching, direction.hole != run.lostBefore { noteHole(run, &direction) }
        switch run.next() {
        case .needsMore:
            // What is left of the record is lost when another run follows.
            guard direction.runs.count > 1 else { return false }
            direction.lost += run.count
            unopened += run.count
            direction.runs.removeFirst()
            direction.hole = 0
            return true
        case .malformed:
            if run.isSearching {
                direction.runs[0].head += 1
                unopened += 1
                return true
            }
            say(.tls006, "\(current.label): bytes that are not a TLS record", at: run.origin)
            guard case .keyed = direction.cover else {
                bury(&direction)
                return false
            }
            // Perhaps a later record can be found: by its header, and proved by its tag.
            direction.runs[0].isSearching = true
            direction.hole = run.lostBefore
            direction.window = max(direction.window, 64)
            direction.lost = max(direction.lost, 1)
            return true
        case .record(let record):
            switch handle(record, run, side, &direction) {
            case .waits: return false
            case .again: return true
            case .done(let isGood):
                guard !direction.runs.isEmpty else { return true }
                if isGood || !run.isSearching {
                    direction.runs[0].head += 5 + record.fragment.count
                    direction.runs[0].isSearching = false
                } else {
                    direction.runs[0].head += 1
                    unopened += 1
                }
                return true
            }
        }
    }

    private func noteHole(_ run: TLSRun, _ direction: inout Direction) {
        direction.hole = run.lostBefore
        direction.messages.clear()
        direction.lost = max(direction.lost, run.lostBefore)
        direction.window = max(direction.window, UInt64(min(max(run.lostBefore / 24 + 4, 64), 16_384)))
    }

    private mutating func handle(_ record: TLSRecord, _ run: TLSRun, _ side: TLSSide, _ direction: inout Direction) -> Handled {
        // TLS 1.3 sends these in clear for middleboxes (RFC 8446 appendix D.4).
        let isForShow = record.type == TLSRecord.Kind.changeCipherSpec && record.fragment == [1]
        switch direction.cover {
        case .dead: return .done(isGood: false)
        case .clear: return handleClear(record, run, side, &direction)
        case .needs(let stage):
            if isForShow, direction.handshake.isTLS13 { return .done(isGood: true) }
            return prepare(stage, side, &direction, at: run.origin) ? .again : .waits
        case .keyed:
            if direction.handshake.isTLS13 {
                if isForShow { return .done(isGood: true) }
                // Before it has keys a side can only complain in clear.
                if record.type == TLSRecord.Kind.alert, record.fragment.count == 2 { return .done(isGood: true) }
            }
            return handleEncrypted(record, run, side, &direction)
        }
    }

    private mutating func handleClear(_ record: TLSRecord, _ run: TLSRun, _ side: TLSSide, _ direction: inout Direction) -> Handled {
        switch record.type {
        case TLSRecord.Kind.handshake:
            direction.messages.append(record.fragment)
            guard direction.messages.isMalformed else {
                read(side, &direction)
                return .done(isGood: true)
            }
            direction.messages.clear()
            return handleUnexpected(side, &direction, at: run.origin)
        case TLSRecord.Kind.changeCipherSpec:
            if current.isTLS13 || current.wasRetried { return .done(isGood: true) }
            guard current.server != nil else {
                if current.client?.hasEarlyData == true { return .done(isGood: true) }
                return current.client == nil ? handleUnexpected(side, &direction, at: run.origin) : .waits
            }
            direction.handshake = current
            direction.cover = .needs(.session)
            return .done(isGood: true)
        case TLSRecord.Kind.alert where record.fragment.count == 2: return .done(isGood: true)
        default: return handleUnexpected(side, &direction, at: run.origin)
        }
    }

    /// An encrypted record where a clear one was due: the beginning of encryption in TLS 1.3, or what announces it was lost.
    private mutating func handleUnexpected(_ side: TLSSide, _ direction: inout Direction, at origin: Origin) -> Handled {
        guard let client = current.client, current.server != nil else {
            // The other side may still bring its Hello, which was sent before this.
            if current.client != nil || current.server != nil { return .waits }
            sayMidConnection(at: origin)
            bury(&direction)
            return .done(isGood: false)
        }
        direction.handshake = current
        if current.isTLS13 {
            direction.cover = .needs(clientSide == side && client.hasEarlyData && !current.wasRetried ? .early : .handshake)
        } else {
            direction.cover = .needs(.session)
            direction.window = max(direction.window, 64)
        }
        return .again
    }

    /// Derives the keys of a stage; false while a secret is missing.
    private mutating func prepare(_ stage: Stage, _ side: TLSSide, _ direction: inout Direction, at origin: Origin) -> Bool {
        let isClient = clientSide == side
        // The other side may have added to the same handshake meanwhile.
        if direction.handshake.client == nil || direction.handshake.client?.random == current.client?.random { direction.handshake = current }
        let handshake = direction.handshake
        guard handshake.client != nil, let server = handshake.server else { return false }
        guard let suite = handshake.suite, suite.isSupported, server.version >= 0x0301, server.version <= 0x0304, suite.isFor13 == handshake.isTLS13 else {
            say(.tls008, "\(handshake.label) is not supported", at: origin)
            bury(&direction)
            return true
        }
        // Secrets that come later in the capture are tried by reading it once more.
        guard !secrets.isEmpty else {
            let why = handshake.missing(secrets)
            say(why.rule, why.message, at: origin)
            bury(&direction)
            return true
        }
        let attempt = TLSAttempt(secrets: secrets.version, progress: handshake.progress)
        guard direction.attempt != attempt else { return false }
        direction.attempt = attempt
        var readers: [TLSRecordReader]
        var reached = stage
        switch stage {
        case .session: readers = handshake.readers(secrets, isClient: isClient)
        case .early:
            readers = handshake.readers13(secrets, .clientEarly)
            if readers.isEmpty {
                // Without the early secret its records are passed over, until one opens under the next keys.
                readers = handshake.readers13(secrets, .clientHandshake)
                reached = .handshake
                direction.mayRefuse = true
            }
        case .handshake: readers = handshake.readers13(secrets, isClient ? .clientHandshake : .serverHandshake)
        case .application: readers = handshake.readers13(secrets, isClient ? .clientTraffic(0) : .serverTraffic(0))
        }
        if reached == .handshake, readers.isEmpty {
            // A log may hold the traffic secrets only: what is under the handshake's keys is then passed over.
            readers = handshake.readers13(secrets, isClient ? .clientTraffic(0) : .serverTraffic(0))
            reached = .application
            direction.mayRefuse = true
        }
        guard !readers.isEmpty else { return false }
        direction.cover = .keyed(reached, readers)
        direction.opened = 0
        direction.attempt = nil
        return true
    }

    private mutating func handleEncrypted(_ record: TLSRecord, _ run: TLSRun, _ side: TLSSide, _ direction: inout Direction) -> Handled {
        guard case .keyed(let stage, var readers) = direction.cover else { return .again }
        for index in readers.indices {
            if let plain = readers[index].open(record, at: readers[index].sequence) {
                return accept(plain, readers[index], stage, record, run, side, &direction)
            }
        }
        if stage == .early {
            // Early data ended without a word, or was refused.
            for var reader in direction.handshake.readers13(secrets, .clientHandshake) {
                if let plain = reader.open(record, at: 0) { return accept(plain, reader, .handshake, record, run, side, &direction) }
            }
            direction.mayRefuse = true
        }
        if direction.window > 0 {
            for (next, sought) in successors(stage, readers, side, direction) {
                var reader = sought
                guard reader.isSeekable else { continue }
                for number in reader.sequence...reader.sequence + direction.window where searchesLeft > 0 {
                    searchesLeft -= 1
                    if let plain = reader.open(record, at: number) { return accept(plain, reader, next, record, run, side, &direction) }
                }
            }
        }
        for index in readers.indices { readers[index].passed(record) }
        direction.cover = .keyed(stage, readers)
        if run.isSearching { return .done(isGood: false) }
        return refuse(record, run, &direction)
    }

    /// The keys that a record after a hole can be under: those in use, and those that follow them.
    private func successors(_ stage: Stage, _ readers: [TLSRecordReader], _ side: TLSSide, _ direction: Direction) -> [(Stage, TLSRecordReader)] {
        var out = readers.map { (stage, $0) }
        let isClient = clientSide == side
        switch stage {
        case .session: break
        case .early: out += direction.handshake.readers13(secrets, .clientHandshake).map { (.handshake, $0) }
        case .handshake: out += direction.handshake.readers13(secrets, isClient ? .clientTraffic(0) : .serverTraffic(0)).map { (.application, $0) }
        case .application: out += readers.compactMap { reader in reader.next.map { (.application, $0) } }
        }
        return out
    }

    private mutating func refuse(_ record: TLSRecord, _ run: TLSRun, _ direction: inout Direction) -> Handled {
        unopened += record.fragment.count
        direction.failures += 1
        if direction.mayRefuse, direction.failures < 4096 { return .done(isGood: true) }
        let isFirst = direction.opened == 0 && direction.window == 0
        if isFirst || direction.failures >= 256 {
            say(.tls002, "\(direction.handshake.label): the secret for this connection does not decrypt its records", at: run.origin)
            bury(&direction)
            return .done(isGood: false)
        }
        say(.tls009, "\(direction.handshake.label): a record does not authenticate", at: run.origin)
        direction.lost += max(record.fragment.count, 1)
        direction.window = max(direction.window, 2)
        return .done(isGood: true)
    }

    private mutating func accept(
        _ plain: TLSPlaintext, _ reader: TLSRecordReader, _ stage: Stage, _ record: TLSRecord, _ run: TLSRun, _ side: TLSSide,
        _ direction: inout Direction
    ) -> Handled {
        var previous: Stage?
        if case .keyed(let stage, _) = direction.cover { previous = stage }
        direction.cover = .keyed(stage, [reader])
        if direction.opened == 0 || stage != previous { note(reader.source) }
        direction.opened += 1
        direction.window = 0
        direction.failures = 0
        if stage != .early { direction.mayRefuse = false }
        switch plain.type {
        case TLSRecord.Kind.applicationData:
            guard !plain.octets.isEmpty else { break }
            let start = 5 + plain.offset
            out.append(
                TLSClear(side: side, octets: plain.octets, origins: run.origins(start..<start + plain.octets.count), lostBefore: direction.lost))
            openedOctets += plain.octets.count
            direction.lost = 0
        case TLSRecord.Kind.handshake:
            direction.messages.append(plain.octets)
            if direction.messages.isMalformed { direction.messages.clear() }
            read(side, &direction)
        case TLSRecord.Kind.changeCipherSpec where !direction.handshake.isTLS13:
            direction.handshake = current
            direction.cover = .needs(.session)
        default: break
        }
        return .done(isGood: true)
    }
}
