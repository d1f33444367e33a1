import Evidence
import MediaPlayout
import NetworkLayers
import PacketInput
import RTPSyntax
import SIPDialogs
import SIPSyntax
import StreamMatching
import TLSDecryption

/// Sorts transport payloads into the survey: RTP to the flow table, SIP to the dialogs.
struct SurveySink: TransportVisitor {
    /// What is kept. The rest here is needed only while packets come.
    private(set) var survey: Survey
    private var classifier: DatagramClassifier
    private var signalling: SignallingCollector
    private var sctpStreams: SCTPAssembler
    /// Handshakes by path; the one direction that was seen first.
    private(set) var handshakes: [NetworkPath: DTLSAssociation] = [:]
    private var duplicates: DuplicateWatch
    /// Parts of the datagram that came in fragments last.
    private var assembly: OriginMap?
    /// RTCP packets of paths that were refused because there were too many.
    private var refusedControl = 0
    /// The capture says that it cut the frame at hand.
    var isSnapped = false
    private(set) var shortFrames = ShortFrames()
    private let limits: Limits

    init(_ options: ReadingOptions, secrets: TLSSecrets, hashKey: UInt64) {
        limits = options.limits
        survey = Survey(limits: limits, hashKey: hashKey)
        classifier = DatagramClassifier(options.decodeAs)
        duplicates = DuplicateWatch(limit: limits.watchedFlows)
        signalling = SignallingCollector(
            limits: limits, decryptors: TLSDecryptorSource(secrets: secrets, limits: limits), hasSecrets: !secrets.isEmpty)
        sctpStreams = SCTPAssembler(limits: limits)
    }

    mutating func note(assembly origins: OriginMap) { assembly = origins }

    /// Where the octets of a datagram came from that begins at `origin`: of several frames, where it was in fragments.
    private func origins(from origin: Origin, _ time: CaptureTime) -> OriginMap {
        if let assembly, assembly.origin(at: 0) == origin { return assembly }
        return OriginMap(origin, at: time)
    }

    @inline(__always)
    mutating func datagram(_ path: NetworkPath, _ payload: RawSpan, declared: Int, time: CaptureTime, origin: Origin) {
        if declared > payload.byteCount, !isSnapped { shortFrames.add(origin) }
        if let header = classifier.plainRTP(payload) {
            media(path, header, payload, declared, time, origin)
        } else {
            other(classifier.content(of: payload, declared: declared, on: path), path, payload, declared, time, origin)
        }
    }

    @inline(__always)
    private mutating func media(_ path: NetworkPath, _ header: RTPHeader, _ payload: RawSpan, _ declared: Int, _ time: CaptureTime, _ origin: Origin) {
        let count = payload.byteCount
        survey.counts.rtp &+= 1
        let row = survey.flows.add(
            path: path, ssrc: header.ssrc, arrival: time, origin: origin, sequence: header.sequence, timestamp: header.timestamp,
            type: header.payloadType, octets: count, isCut: declared > count)
        guard row >= 0 else { return }
        if row < survey.clocks.count {
            survey.clocks[row].add(arrival: time, sequence: header.sequence, timestamp: header.timestamp, isMarked: header.marker, origin: origin)
            if survey.flows.rows[row].packets == FlowTable.earlyLimit { readClock(of: row) }
        } else {
            survey.clocks.append(ClockTrace(arrival: time, sequence: header.sequence, timestamp: header.timestamp, origin: origin))
        }
        if header.csrcCount > 0 { survey.contributors.add(flow: row, header, payload, origin) }
        if survey.flows.rows[row].attention != .none { look(row, header, time, origin) }
        survey.prints.add(flow: row, number: survey.flows.rows[row].packets, header, payload, isCut: declared > count, at: time)
        if EventTraces.isWanted(header, count), declared <= count { survey.events.add(flow: row, header, payload) }
        if declared <= count {
            // Counted among the whole ones: cut packets must not take the places of those on which keys can be tried.
            let number = survey.flows.rows[row].packets &- Int(survey.flows.rows[row].cutPackets)
            if PacketSamples.isWanted(number) { survey.samples.add(flow: row, payload) }
        }
    }

    /// The first packets of a flow are all here.
    @inline(never)
    private mutating func readClock(of row: Int) {
        let flow = survey.flows.rows[row]
        let known = flow.payloadTypes.max { $0.packets < $1.packets }.flatMap { PayloadRegistry.meaning(of: $0.type) }?.clockRate
        survey.clocks[row].begin(
            survey.flows.earlyPackets(of: row).map { ($0.arrival, $0.timestamp) }, first: flow.firstSequence, known: known)
    }

    @inline(never)
    private mutating func look(_ row: Int, _ header: RTPHeader, _ time: CaptureTime, _ origin: Origin) {
        duplicates.look(row, &survey.flows, header, time: time, capture: origin.capture)
    }

    @inline(never)
    private mutating func other(
        _ content: DatagramContent, _ path: NetworkPath, _ payload: RawSpan, _ declared: Int, _ time: CaptureTime, _ origin: Origin
    ) {
        switch content {
        case .rtp(let header): media(path, header, payload, declared, time, origin)
        case .rtcp: control(path, payload, declared, time, origin)
        case .sip: signalling.message(payload.array, path: path, transport: .udp, origins: origins(from: origin, time), time: time)
        case .relayed(let inner, let range, let count):
            survey.counts.relayed += 1
            carried(inner, payload.extracting(range), count, time, origin.advanced(by: range.lowerBound))
        case .stun:
            survey.counts.stun += 1
            survey.keepAlives.add(path, at: time)
        case .classicSTUN: survey.counts.stun += 1
        case .dtls: dtls(path, payload, time, origin)
        case .zrtp: agreement(path, payload, time, origin)
        case .keepAlive: survey.counts.keepAlives += 1
        case .tooShort:
            survey.keepAlives.add(path, at: time)
            if payload.byteCount > 0, DatagramContent.isBlank(payload) { survey.counts.keepAlives += 1 }
            if FaxDatagrams.isPossible(payload, declared: declared) { survey.faxes.add(path, at: time, origin: origin) }
        case .unknown where DatagramContent.isESP(payload, on: path):
            survey.counts.esp &+= 1
            survey.findings.report(.net012, "packets are encrypted by IPsec (ESP in UDP)", at: origin)
        case .unknown:
            survey.counts.unclassified &+= 1
            if FaxDatagrams.isPossible(payload, declared: declared) { survey.faxes.add(path, at: time, origin: origin) }
        }
    }

    /// What a relay carried. That it keeps the path of its envelope open is no news.
    private mutating func carried(_ path: NetworkPath, _ payload: RawSpan, _ declared: Int, _ time: CaptureTime, _ origin: Origin) {
        switch classifier.relayed(payload, on: path) {
        case .tooShort: return
        case .stun: survey.counts.stun += 1
        case let content: other(content, path, payload, declared, time, origin)
        }
    }

    @inline(never)
    private mutating func control(_ path: NetworkPath, _ payload: RawSpan, _ declared: Int, _ time: CaptureTime, _ origin: Origin) {
        survey.counts.rtcp += 1
        if survey.rtcp[path] == nil, survey.rtcp.count >= limits.flows {
            refusedControl += 1
            return
        }
        var summary = survey.rtcp[path] ?? RTCPSummary(first: time)
        summary.packets += 1
        if payload.u8(1) == 200 { summary.senderReports += 1 }
        if !summary.learn(from: payload, isCut: payload.byteCount < declared, at: time, origin: origin) {
            survey.control.add(path, payload, at: time, origin: origin)
        }
        survey.rtcp[path] = summary
    }

    /// Counted; what opens them is handed the same.
    private mutating func dtls(_ path: NetworkPath, _ payload: RawSpan, _ time: CaptureTime, _ origin: Origin) {
        survey.counts.dtls += 1
        // Only handshakes; application data of DTLS is not followed.
        guard DTLSAssociation.looksLikeDTLS(payload), payload.u8(0) == 22 else { return }
        let key = handshakes[path.reversed] == nil ? path : path.reversed
        guard handshakes[key] != nil || handshakes.count < limits.dtlsAssociations else { return }
        handshakes[key, default: DTLSAssociation(path: key)].feed(payload.array, on: path, time: time, origin: origin)
    }

    private mutating func agreement(_ path: NetworkPath, _ payload: RawSpan, _ time: CaptureTime, _ origin: Origin) {
        if survey.zrtp[path] == nil, survey.zrtp.count >= limits.flows { return }
        var summary = survey.zrtp[path] ?? ZRTPSummary(first: origin)
        summary.packets += 1
        // The message's type block, eight letters behind preamble and length: "Conf2ACK".
        if summary.confirmed == nil, payload.be64(16) == 0x436F_6E66_3241_434B { summary.confirmed = time }
        survey.zrtp[path] = summary
    }

    @inline(never)
    mutating func segment(_ segment: TCPSegment, _ bytes: RawSpan, time: CaptureTime, origin: Origin) {
        take(signalling.segment(segment, bytes, time: time, origin: origin))
    }

    /// What streams carried besides SIP.
    private mutating func take(_ events: [StreamEvent]) {
        for event in events {
            switch event {
            case .packet(let packet):
                survey.streamMedia.insert(packet.path)
                datagram(packet.path, unsafe packet.octets.span.bytes, declared: packet.octets.count, time: packet.time, origin: packet.origin)
            case .dropped(let path, let origin, let count):
                survey.findings.report(
                    .net010, "\(count) \(count == 1 ? "message is" : "messages are") too large or cannot be decompressed", at: origin,
                    subject: FindingSubject(flow: .transport(path)), count: count)
            case .capsule(let packet): capsule(packet)
            case .messaging, .message, .remainder: break
            }
        }
    }

    /// A packet that a capture agent sent over TCP. Media comes this way too, so the second pass reads the stream again.
    private mutating func capsule(_ packet: StreamPacket) {
        do throws(CapsuleContent.Fault) {
            let content = try CapsuleContent(packet, limits: limits)
            survey.streamMedia.insert(packet.path)
            datagram(content.path, unsafe content.octets.span.bytes, declared: content.declared, time: content.time, origin: content.origin)
        } catch {
            guard case .packed(let origin) = error else { return }
            survey.findings.report(.net014, "the compressed payload of a HEP message cannot be decompressed; it is skipped", at: origin)
        }
    }

    mutating func sctp(_ packet: SCTPPacket, _ bytes: RawSpan, time: CaptureTime, origin: Origin) {
        for message in sctpStreams.add(packet, of: bytes, origin: origin, time: time, findings: &survey.findings)
        where unsafe SIPMessage.looksLikeSIP(message.octets.span.bytes) {
            signalling.message(message.octets, path: message.path, transport: .sctp, origins: message.origins, time: message.time)
        }
    }

    /// The identifier of an association may begin as RTP does. What stands in place of the sequence number is then always the same, and of the source
    /// another one in each packet.
    private mutating func tellESPFromRTP() {
        var paths: [NetworkPath: (rows: Int, packets: Int, isSame: Bool, row: Int)] = [:]
        for (number, row) in survey.flows.rows.enumerated() where DatagramContent.isESPPath(row.path) {
            guard var known = paths[row.path] else {
                paths[row.path] = (1, row.packets, row.jumps == 0 && row.expected == 1, number)
                continue
            }
            known.rows += 1
            known.packets += row.packets
            known.isSame = known.isSame && row.expected == 1 && row.firstSequence == survey.flows.rows[known.row].firstSequence
            paths[row.path] = known
        }
        for known in paths.values.sorted(by: { $0.row < $1.row }) where known.isSame && known.packets > 2 {
            survey.counts.rtp -= known.packets
            survey.counts.esp += known.packets
            survey.findings.report(
                .net012, "packets are encrypted by IPsec (ESP in UDP)", at: survey.flows.rows[known.row].firstOrigin, count: known.packets)
        }
    }

    /// Delivers what streams still hold, closes every dialog and says where bounds were reached.
    mutating func finish(_ decoder: DatagramDecoder) {
        take(signalling.finishStreams())
        sctpStreams.finish(findings: &survey.findings)
        survey.dialogs = DialogList(signalling.finish())
        survey.encrypted = signalling.encrypted
        survey.counts.sip = signalling.messages
        survey.decoded = decoder.counts
        tellESPFromRTP()
        var findings = decoder.findings
        findings.merge(signalling.findings)
        findings.merge(survey.findings)
        survey.findings = findings
        reportBounds()
    }

    private mutating func reportBounds() {
        if survey.flows.refused > 0 {
            survey.findings.report(
                .net004, "the flow table is full at \(survey.flows.limit) flows; \(survey.flows.refused) packets of additional flows are not counted", at: nil)
        }
        if refusedControl > 0 {
            survey.findings.report(
                .net004, "RTCP on more than \(limits.flows) paths; \(refusedControl) packets of additional paths are not counted", at: nil)
        }
        if duplicates.released > 0 {
            survey.findings.report(
                .net004, "more than \(limits.watchedFlows) flows with repeated packets at once; the survey compared only part of them", at: nil)
        }
    }

    /// By how much the clocks of captures differ, by media and by signalling.
    func clockDifferences(captures: Int) -> [ClockDifference?] {
        var watch = duplicates
        SignallingDuplicates.compare(survey.dialogs.all, captures: captures, into: &watch)
        return watch.offsets.differences(captures: captures)
    }
}
