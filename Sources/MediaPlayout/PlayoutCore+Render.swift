import Evidence
import MediaCodecs
import RTPSyntax

/// A gap whose end is not known yet; frames at the line's rate.
struct OpenGap {
    let cause: GapCause
    var start: Int64
    /// Where its last packet stands.
    var lastPosition: Int64
    var packets: Int
    let first: Origin
    var last: Origin
}

/// From the next packet in line to samples and gaps at their places.
extension PlayoutCore {
    /// Plays a packet whose turn it is, with `missing` numbers before it given up.
    mutating func play(_ entry: PlayoutEntry, payload: RawSpan, missing: Int, into sink: inout some PlayoutSink & ~Copyable) {
        expected = SequenceNumber(entry.sequence.value &+ 1)
        history.insert(entry.sequence, entry.timestamp)
        quality.add(entry.arrival, missing: missing, jitterNanoseconds: jitterNanoseconds)
        if missing > 0 {
            statistics.lost += missing
            pendingMissing += missing
        }
        if isExhausted {
            statistics.refused += 1
            account(.limit, .longestGap, entry)
            return
        }
        let lagBefore = lastLag
        if entry.payloadType.value != currentType || entry.unavailable != nil {
            guard prepare(entry, payload: payload, lagBefore: lagBefore, into: &sink) else { return }
        }
        guard decoder != nil else { return account(.refused, .decoder, entry) }
        guard let position = locate(entry) else { return }
        if missing > Self.believedMissing { doubtLoss(missing, before: position) }
        if entry.absent > 0 { return playBeginning(entry, payload: payload, at: position, lagBefore: lagBefore, into: &sink) }
        if position != accountedEnd || openGap != nil || pendingMissing > 0 {
            settle(upTo: position, entry, payload: payload, lagBefore: lagBefore, into: &sink)
        }
        // Taken out while it works: a reference kept beside it would be counted up and down with every packet.
        guard let current = decoder.take() else { return }
        let samples = isDirect(position) ? current.expandedSamples(of: payload) : 0
        if samples > 0 {
            let frames = samples / current.channels
            let isPlaced = sink.place(frames: frames, channels: current.channels, at: position) { current.expand(payload, into: &$0) }
            if isPlaced {
                decoder = consume current
                countPlayed(entry, frames)
                writtenEnd = position + Int64(frames)
                if writtenEnd > accountedEnd { accountedEnd = writtenEnd }
                lastOrigin = entry.origin
                return
            }
        }
        scratch.removeAll(keepingCapacity: true)
        let result = current.decode(payload, into: &scratch)
        let channels = current.channels
        decoder = consume current
        switch result {
        case .frames(let frames):
            countPlayed(entry, frames)
            if configuration.keepsPayloads { sink.keep(payload, frames: frames, at: position) }
            let count = line.isSlipping ? splice(frames, channels: channels, line.units(entry.timestamp)) : frames
            withdraw(place(count, channels: channels, at: position, entry.origin, into: &sink), entry)
        case .discontinuous:
            statistics.notAudio += 1
            account(.heard, .decoder, entry)
            open(.discontinuousTransmission, at: position, entry)
        case .undecodable(let fault):
            statistics.undecodable += 1
            note(.undecodable, entry.origin)
            account(.refused, .decoder, entry)
            // A packet without payload may only keep the way open (RFC 6263 section 4.6).
            open(fault == .empty ? .unknown : .codecUnsupported, at: position, entry)
        }
        lastOrigin = entry.origin
    }

    /// Numbers that may be missing at once, whatever timestamps say.
    private static var believedMissing: Int { 16 }

    /// Numbers that go on by far more than the time between the packets has room for were never sent: the sender's numbering began anew.
    private mutating func doubtLoss(_ missing: Int, before position: Int64) {
        let room = max(0, position - accountedEnd) / max(1, typicalFrames)
        guard Int64(missing) > 2 * room + Int64(Self.believedMissing) else { return }
        statistics.lost -= missing
        pendingMissing = max(0, pendingMissing - missing)
        if position > accountedEnd, jointCause == nil { jointCause = .unknown }
    }

    /// Whether samples at `position` may be made where they stay: nothing is to be done with them first, and nothing is written there.
    @inline(__always)
    private func isDirect(_ position: Int64) -> Bool {
        position >= writtenEnd && resampler == nil && !line.isSlipping && !configuration.findsTones && !configuration.masksTones
            && !configuration.keepsPayloads
    }

    @inline(__always)
    private mutating func countPlayed(_ entry: PlayoutEntry, _ frames: Int) {
        if let recovery = entry.recovery {
            statistics.recovered.add(recovery)
        } else {
            statistics.played &+= 1
            fates.heard &+= entry.isCounted ? 1 : 0
        }
        statistics.decodedFrames &+= frames
        typicalFrames = Int64(frames)
    }

    /// Makes the entry's decoder the current one; false when the packet is not audio, and then it is dealt with.
    private mutating func prepare(
        _ entry: PlayoutEntry, payload: RawSpan, lagBefore: Double, into sink: inout some PlayoutSink & ~Copyable
    ) -> Bool {
        let cause: GapCause
        var fate = (fate: PacketFate.refused, ground: FateGround.malformed)
        let counter: WritableKeyPath<PlayoutStatistics, Int>
        var incident: PlayoutIncident.Kind?
        if let unavailable = entry.unavailable {
            counter = \.unavailable
            cause = unavailable
        } else {
            switch codecs.treatment(of: entry.payloadType) {
            case .audio(let fresh, _):
                if currentType != 255 {
                    event(.codecChange(entry.payloadType), entry)
                    fresh.reset()
                }
                currentType = entry.payloadType.value
                decoder = fresh
                line.lead = 0
                if fresh.sampleRate != line.rate || fresh.sampleRate != resamplerRate {
                    flushResampler(into: &sink)
                    changeRate(to: fresh.sampleRate)
                    resampler = line.resampler(from: fresh.sampleRate, to: configuration.trackRate)
                    resamplerRate = fresh.sampleRate
                }
                line.lead = Int64(fresh.delay)
                return true
            case .telephoneEvent(let clock, let isAssumed):
                // Stands beside the audio: its time is neither sound nor loss.
                if !entry.isRecovered { statistics.notAudio += 1 }
                addTone(entry, payload: payload, clock: clock, source: isAssumed ? .inferredEvent : .telephoneEvent)
                account(TelephoneEvent(parsing: payload) == nil ? .refused : .heard, .malformed, entry)
                return false
            case .repair:
                statistics.notAudio += 1
                // Text among audio is not read; tones by frequency are counted.
                account(codecs.map[entry.payloadType]?.role == .text ? .notDecodable : .heard, .noDecoder, entry)
                return false
            case .redundant:
                // Redundancy inside of redundancy.
                counter = \.undecodable
                cause = .unknown
            case .comfortNoise:
                counter = \.notAudio
                cause = .discontinuousTransmission
                fate = (.heard, .decoder)
            case .unsupported:
                counter = \.unsupported
                incident = .unsupportedCodec
                cause = .codecUnsupported
                fate = (.notDecodable, .noDecoder)
            case .unmapped where looksLikeEvent(payload):
                statistics.notAudio += 1
                addTone(entry, payload: payload, clock: line.clock, source: .inferredEvent)
                account(.heard, .decoder, entry)
                return false
            case .unmapped:
                counter = \.unmapped
                incident = .unmappedPayloadType
                cause = .codecUnsupported
                fate = (.notDecodable, .undefinedPayloadType)
            }
        }
        guard let position = locate(entry) else { return false }
        statistics[keyPath: counter] += 1
        account(fate.fate, fate.ground, entry)
        if let incident { note(incident, entry.origin) }
        if let gap = openGap, gap.cause == cause, pendingMissing == 0 {
            extend(gap, to: position, entry)
        } else {
            settle(upTo: position, entry, payload: RawSpan(), lagBefore: lagBefore, into: &sink)
            open(cause, at: position, entry)
        }
        lastOrigin = entry.origin
        return false
    }

    /// Where the packet stands; nil when it has no place, and then it is counted.
    @inline(__always)
    private mutating func locate(_ entry: PlayoutEntry) -> Int64? {
        let timestamp = shared?.timestamp(of: entry.sequence, told: entry.timestamp) ?? entry.timestamp
        let units = line.units(timestamp)
        let lag = line.lag(entry.arrival, units)
        // Sound cannot be from the future. What got here was judged before, so this holds only against packets that were judged together.
        guard lag >= -(configuration.driftSeconds + configuration.jumpSeconds) * 1e9 else {
            statistics.strays += 1
            note(.stray, entry.origin)
            account(.contradicted, .stray, entry)
            return nil
        }
        _ = line.advance(to: timestamp)
        lastLag = lag
        leastLag = min(lag, leastLag + Self.envelopeRise)
        if line.isSlipping { slipInSilence(units) }
        let position = line.position(units)
        guard Double(position &- max(writtenEnd, accountedEnd)) <= configuration.gapSeconds * Double(line.rate) else {
            // Once and for all: one gap would be longer than the bound.
            isExhausted = true
            statistics.refused += 1
            note(.gapBound, entry.origin)
            account(.limit, .longestGap, entry)
            return nil
        }
        return position
    }

    // MARK: gaps

    mutating func open(_ cause: GapCause, at position: Int64, _ entry: PlayoutEntry) {
        if let gap = openGap, gap.cause == cause {
            extend(gap, to: position, entry)
            return
        }
        openGap = OpenGap(
            cause: cause, start: max(position, accountedEnd), lastPosition: position, packets: cause == .discontinuousTransmission ? 0 : 1,
            first: entry.origin, last: entry.origin)
    }

    mutating func extend(_ gap: OpenGap, to position: Int64, _ entry: PlayoutEntry) {
        var longer = gap
        let step = position - gap.lastPosition
        if gap.cause != .discontinuousTransmission {
            if step > 0, step <= Int64(line.rate) / 8 { typicalFrames = step }
            longer.packets += 1
        }
        longer.lastPosition = max(position, gap.lastPosition)
        longer.last = entry.origin
        openGap = longer
    }

    /// Accounts for everything before `position`, where the packet `entry` begins.
    mutating func settle(
        upTo position: Int64, _ entry: PlayoutEntry, payload: RawSpan, lagBefore: Double, into sink: inout some PlayoutSink & ~Copyable
    ) {
        var missing = pendingMissing
        pendingMissing = 0
        let silence = jointCause ?? silenceCause(entry, frames: position - accountedEnd, lagBefore: lagBefore)
        jointCause = nil
        if let gap = openGap {
            openGap = nil
            var end = position
            var packets = gap.packets
            if missing > 0 {
                if gap.cause == .discontinuousTransmission {
                    // The lost packets may have been comfort noise or the first words: silence was announced, so that is what it is called.
                    packets += missing
                    missing = 0
                } else {
                    end = min(position, gap.lastPosition + typicalFrames)
                }
            }
            emitGap(gap.start, end, packets: packets == 0 ? nil : packets, gap.cause, gap.first, gap.last, into: &sink)
            accountedEnd = max(accountedEnd, end)
        }
        guard position > accountedEnd else { return }
        let start = accountedEnd
        if missing > 0, entry.unavailable == nil, payload.byteCount > 0 {
            // In the order of time, as the decoder's state goes on from one to the other: what is made up, then what the next packet repeats.
            let each = (position - start) / Int64(missing)
            var madeUp = missing > 1 ? conceal(from: start, until: position - each, entry.origin, into: &sink) : start
            let frames = recoverFrames(payload, upTo: position - start)
            if frames > 0 {
                let end = position - Int64(frames)
                missing -= 1
                statistics.lost -= 1
                statistics.recovered.add(.inBand)
                statistics.decodedFrames += frames
                if end > start { report(start, end, missing, silence, madeUp: madeUp, entry, into: &sink) }
                place(frames, channels: decoder?.channels ?? 1, at: end, entry.origin, into: &sink)
            } else {
                madeUp = conceal(from: madeUp, until: position, since: start, entry.origin, into: &sink)
                report(start, position, missing, silence, madeUp: madeUp, entry, into: &sink)
            }
        } else {
            report(start, position, missing, silence, madeUp: start, entry, into: &sink)
        }
        accountedEnd = max(accountedEnd, position)
    }

    /// Frames, now in `scratch`, that `payload` repeats of the packet before it.
    private mutating func recoverFrames(_ payload: RawSpan, upTo limit: Int64) -> Int {
        scratch.removeAll(keepingCapacity: true)
        return decoder?.recover(from: payload, frames: Int(min(limit, 1 << 20)), into: &scratch) ?? 0
    }

    private mutating func report(
        _ start: Int64, _ end: Int64, _ missing: Int, _ silence: GapCause, madeUp: Int64, _ entry: PlayoutEntry, into sink: inout some PlayoutSink & ~Copyable
    ) {
        if missing > 0 {
            note(.networkLoss, entry.origin)
            emitGap(start, end, packets: missing, .networkLoss, madeUp: madeUp, lastOrigin, entry.origin, into: &sink)
        } else if end - start > Int64(line.rate / 400) {
            // Less than 2.5 ms is a sender's rounding, not a silence worth a line.
            emitGap(start, end, packets: nil, silence, lastOrigin, entry.origin, into: &sink)
        }
    }

    mutating func closeGapAtEnd(into sink: inout some PlayoutSink & ~Copyable) {
        guard let gap = openGap else { return }
        openGap = nil
        let end = gap.cause == .discontinuousTransmission ? gap.lastPosition : gap.lastPosition + typicalFrames
        emitGap(gap.start, end, packets: gap.packets == 0 ? nil : gap.packets, gap.cause, gap.first, gap.last, into: &sink)
        accountedEnd = max(accountedEnd, end)
    }

    private func emitGap(
        _ start: Int64, _ end: Int64, packets: Int?, _ cause: GapCause, madeUp: Int64? = nil, _ first: Origin, _ last: Origin,
        into sink: inout some PlayoutSink & ~Copyable
    ) {
        guard end > start else { return }
        let nanoseconds = line.settled(TimestampLine.scale(start, 1_000_000_000, Int64(line.rate)))
        var gap =
            PlayoutGap(
                start: CaptureTime(nanoseconds: configuration.timelineStart.nanoseconds &+ nanoseconds), duration: Double(end - start) / Double(line.rate),
                packets: packets, cause: cause, concealed: Double(min(madeUp ?? start, end) - start) / Double(line.rate), first: first, last: last)
        if cause == .captureDrop { gap.reason = "the frame holds fewer bytes than its headers announce" }
        sink.gap(gap)
    }

    // MARK: samples

    /// Places the frames in `scratch`. What is written already keeps its place; nothing is mixed.
    @discardableResult
    mutating func place(
        _ frames: Int, channels: Int, at position: Int64, _ origin: Origin, into sink: inout some PlayoutSink & ~Copyable
    ) -> TrackPlacement {
        if configuration.findsTones || configuration.masksTones { treatTones(channels: channels, at: position, origin) }
        var skip = 0
        if position < writtenEnd {
            skip = Int(min(Int64(frames), writtenEnd - position))
            statistics.trimmedFrames += skip
            // Where a codec with a delay begins, its first samples stand for nothing.
            if Int64(skip) > line.lead { note(.overlap, origin) }
            if skip == frames { return frames == 0 || Int64(skip) <= line.lead ? .kept : .taken }
        }
        let start = position + Int64(skip)
        writtenEnd = position + Int64(frames)
        if writtenEnd > accountedEnd { accountedEnd = writtenEnd }
        if resampler == nil {
            let span = scratch.span
            return sink.place(skip == 0 ? span : span.extracting(skip * channels..<span.count), channels: channels, at: start, of: origin)
        }
        return resample(from: skip * channels, channels: channels, at: start, origin, into: &sink)
    }

    private mutating func resample(
        from first: Int, channels: Int, at position: Int64, _ origin: Origin, into sink: inout some PlayoutSink & ~Copyable
    ) -> TrackPlacement {
        if resampler?.needsFlush(at: position, channels: channels) == true { flushResampler(into: &sink) }
        // Taken out while they work: nothing is copied, and no borrow of one is in the way of the others.
        guard var converter = resampler.take() else { return .kept }
        var samples: [Int16] = []
        swap(&samples, &scratch)
        var out: [Int16] = []
        swap(&out, &resampled)
        out.removeAll(keepingCapacity: true)
        resampledChannels = channels
        let start = converter.push(samples.span.extracting(first..<samples.count), channels: channels, at: position, into: &out)
        let placed = out.isEmpty ? .kept : sink.place(out.span, channels: channels, at: start, of: origin)
        swap(&out, &resampled)
        swap(&samples, &scratch)
        resampler = converter
        return placed
    }

    mutating func flushResampler(into sink: inout some PlayoutSink & ~Copyable) {
        guard resampler?.end != nil, var converter = resampler.take() else { return }
        var out: [Int16] = []
        swap(&out, &resampled)
        out.removeAll(keepingCapacity: true)
        let start = converter.flush(into: &out)
        if !out.isEmpty { sink.place(out.span, channels: resampledChannels, at: start) }
        swap(&out, &resampled)
        resampler = converter
    }
}
