package import Evidence
package import SDPSyntax
package import SIPDialogs

/// What offer and answer say of one media stream between two changes (RFC 3264).
package struct NegotiationEpoch: Sendable {
    /// Packets may arrive from here on: the offer's time, because media can overtake the answer.
    package let from: CaptureTime
    /// When the next description took effect; nil while the dialog lasts.
    package internal(set) var until: CaptureTime?
    /// Where the receiver asked for the media; nil without an answer.
    package let destination: Endpoint?
    /// Where the sender's own description says that it receives, and so, with symmetric RTP (RFC 4961), sends from.
    package let source: Endpoint?
    /// Other addresses that receiver and sender offer for connectivity checks (RFC 8445): one of them may have been nominated.
    package let destinationCandidates: [Endpoint]
    package let sourceCandidates: [Endpoint]
    /// Payload types as the receiver mapped them, then those that only the sender named.
    package let formats: [PayloadFormat]
    /// Keys that protect what the sender sends (RFC 4568 section 5.1: a key protects the packets of the party that wrote it).
    package let crypto: [CryptoAttribute]
    package let isSecure: Bool
    /// One description asks for SRTP and the other offers plain RTP without any keys: they were captured on the two sides of a relay.
    package let isMixedSecurity: Bool
    /// Whether the directions let the sender send.
    package let isActive: Bool
    /// A later description put the address of zeros where one stood before: hold as RFC 2543 had it (RFC 3264 section 8.4). The address says
    /// nothing for certain, so packets that come all the same are heard.
    package internal(set) var isHeldByAddress = false
    /// `a=label` (RFC 4574) of the sender's description, else of the receiver's.
    package let label: String?
    package let ssrcs: [SSRC]
    /// `a=mid` (RFC 5888) of the sender's description, else of the receiver's.
    package let mid: String?
    /// Identifier of the header extension in which packets carry the `a=mid` of their line; nil where none was negotiated.
    package let midExtension: UInt8?
    /// Media lines that the same description ties to others.
    package let mediaGroups: [MediaGroup]
    /// Sources of this line that the sender ties to one another.
    package let sourceGroups: [SourceGroup]
    package let isAnswered: Bool
    /// Index into the dialog's negotiations.
    package let negotiation: Int

    /// Whether the sender is expected to be heard.
    package var isOpen: Bool { isActive && !isHeldByAddress }
    /// Whether the line has a port, or had one that hold took away.
    package var isPlaced: Bool { source != nil || destination != nil || isHeldByAddress }
}

/// One media stream of a dialog in one direction: what `sender` sends on m-line `mediaIndex`, over time.
package struct NegotiatedStream: Sendable {
    /// Index into the dialogs given.
    package let dialog: Int
    package let mediaIndex: Int
    package let sender: Side
    /// `audio`, `video`, `text`, `message`, `image`.
    package let kind: String
    /// Tag of the branch of a forked INVITE where another one won, or none did; nil for the dialog itself.
    package let branch: String?
    package internal(set) var epochs: [NegotiationEpoch]

    /// The label in force at `time`, else the first one ever given.
    package func label(at time: CaptureTime) -> String? {
        epochs.last { $0.from <= time && $0.label != nil }?.label ?? epochs.first { $0.label != nil }?.label
    }

    /// Whether a description says of the two m-lines that they belong together like this.
    package func isGrouped(_ semantics: GroupSemantics, with other: NegotiatedStream) -> Bool {
        guard dialog == other.dialog, sender == other.sender else { return false }
        return epochs.contains { epoch in
            guard let mid = epoch.mid, let twin = other.epochs.first(where: { $0.negotiation == epoch.negotiation })?.mid, mid != twin else { return false }
            return epoch.mediaGroups.contains { $0.semantics == semantics && $0.members.contains(mid) && $0.members.contains(twin) }
        }
    }

    /// Sources that a description ties to `source` like this, without itself.
    package func partners(of source: SSRC, _ semantics: GroupSemantics) -> Set<SSRC> {
        let groups = epochs.flatMap(\.sourceGroups).filter { $0.semantics == semantics && $0.members.contains(source) }
        return Set(groups.flatMap(\.members)).subtracting([source])
    }

    /// Every label that the stream had, in order.
    package var labels: [String] {
        var out: [String] = []
        for case let label? in epochs.map(\.label) where out.last != label { out.append(label) }
        return out
    }
}

extension SIPDialog {
    /// The streams that this dialog negotiated, by m-line and sender.
    ///
    /// Refused offers are left out: their addresses and keys never took effect. But early media flows before an answer (RFC 3960), also
    /// from a branch that loses or in a call that fails: what a provisional answer agreed is listed up to the refusal. In a recording
    /// session only what the SRC sends is listed unless the other direction was negotiated as active.
    package func negotiatedStreams(dialogIndex: Int) -> [NegotiatedStream] {
        var streams: [NegotiatedStream] = []
        var places: [String: Int] = [:]
        for (number, negotiation) in negotiations.enumerated() {
            let isLost = answered != nil && !negotiation.isOnConfirmedBranch
            var end = isLost ? negotiation.refusedTime ?? answered : nil
            if case .rejected = negotiation.outcome {
                guard negotiation.answer != nil, isLost || answered == nil else { continue }
                end = negotiation.refusedTime
            }
            if isLost, negotiation.answer == nil { continue }
            let branch = isLost || (answered == nil && forks.count > 1) ? negotiation.branch : nil
            let count = max(negotiation.offer.media.count, negotiation.answer?.media.count ?? 0)
            for index in 0..<count {
                for sender in [negotiation.offerer, negotiation.offerer.other] {
                    guard let (kind, described) = negotiation.epoch(number: number, mediaIndex: index, sender: sender) else { continue }
                    var epoch = described
                    epoch.until = end
                    let key = "\(index) \(sender) \(branch ?? "")"
                    if let place = places[key] {
                        // From the first description on, zeros stand for an address that is not known yet (RFC 8840 section 4.1.1).
                        epoch.isHeldByAddress =
                            streams[place].epochs.contains(where: \.isPlaced)
                            && negotiation.holdsByAddress(mediaIndex: index, sender: sender, isRecording: role == .recording)
                        let last = streams[place].epochs.count - 1
                        streams[place].epochs[last].until = negotiation.answerTime ?? negotiation.offerTime
                        streams[place].epochs.append(epoch)
                    } else {
                        places[key] = streams.count
                        streams.append(NegotiatedStream(dialog: dialogIndex, mediaIndex: index, sender: sender, kind: kind, branch: branch, epochs: [epoch]))
                    }
                }
            }
        }
        return streams.filter { stream in
            stream.epochs.contains(where: \.isActive) || (role == .recording && recorderSide == stream.sender)
        }
    }
}

extension Side {
    /// The opposite party.
    package var other: Side { self == .client ? .server : .client }
}

extension Negotiation {
    fileprivate func epoch(number: Int, mediaIndex: Int, sender: Side) -> (String, NegotiationEpoch)? {
        let isOfferer = sender == offerer
        let senderSDP = isOfferer ? offer : answer
        let receiverSDP = isOfferer ? answer : offer
        let own = senderSDP.flatMap { mediaIndex < $0.media.count ? $0.media[mediaIndex] : nil }
        let peer = receiverSDP.flatMap { mediaIndex < $0.media.count ? $0.media[mediaIndex] : nil }
        guard let kind = own?.kind ?? peer?.kind else { return nil }
        // Without an answer only the offerer's wishes are known.
        if own == nil, answer == nil, peer == nil { return nil }
        let sends = own.map { $0.direction(sessionDefault: senderSDP?.direction).sends } ?? true
        let receives = peer.map { $0.direction(sessionDefault: receiverSDP?.direction).receives } ?? true
        let isRejected = (own?.isRejected ?? false) || (peer?.isRejected ?? false)
        var formats = peer?.payloadFormats ?? []
        for format in own?.payloadFormats ?? [] where !formats.contains(where: { $0.payloadType == format.payloadType }) { formats.append(format) }
        var crypto = own?.cryptoLines ?? []
        if isOfferer, let chosen = peer?.cryptoLines, !chosen.isEmpty {
            let tags = chosen.map(\.tag)
            let selected = crypto.filter { tags.contains($0.tag) }
            if !selected.isEmpty { crypto = selected }
        }
        // Keys in capability attributes (RFC 5939 section 3.4.1, RFC 6871): what an accepted potential configuration makes of them.
        if crypto.isEmpty {
            crypto = (own?.attributes ?? []).filter { $0.name == "acap" }.compactMap { attribute in
                guard let value = attribute.trimmedValue, let space = value.firstIndex(of: " ") else { return nil }
                let capability = value[value.index(after: space)...]
                guard capability.lowercased().hasPrefix("crypto:") else { return nil }
                return CryptoAttribute(parsing: String(capability.dropFirst(7)), offset: attribute.offset)
            }
        }
        let ownIsPlain = own.map { media in !media.isSecure && !media.hasKeying && !["acap", "tcap", "pcfg"].contains(where: media.hasAttribute) } ?? false
        let isMixed = own != nil && peer != nil && ownIsPlain && (peer?.isSecure ?? false)
        // What the answer bundles goes over one address (RFC 9143 section 7.3).
        let isBundled = answer.map { answer in mediaIndex < answer.media.count && answer.bundleHead(of: answer.media[mediaIndex]) != nil } ?? false
        let epoch = NegotiationEpoch(
            from: offerTime, until: nil,
            destination: isRejected ? nil : peer.flatMap { Self.endpoint(of: isBundled ? receiverSDP?.bundleHead(of: $0) ?? $0 : $0, in: receiverSDP) },
            source: isRejected ? nil : own.flatMap { Self.endpoint(of: isBundled ? senderSDP?.bundleHead(of: $0) ?? $0 : $0, in: senderSDP) },
            destinationCandidates: isRejected ? [] : peer.map { (isBundled ? receiverSDP?.bundleHead(of: $0) ?? $0 : $0).candidates } ?? [],
            sourceCandidates: isRejected ? [] : own.map { (isBundled ? senderSDP?.bundleHead(of: $0) ?? $0 : $0).candidates } ?? [],
            formats: formats, crypto: crypto, isSecure: !isMixed && ((peer ?? own)?.isSecure ?? false), isMixedSecurity: isMixed,
            isActive: sends && receives && !isRejected,
            label: own?.label ?? peer?.label, ssrcs: own?.ssrcs ?? [], mid: own?.mid ?? peer?.mid,
            midExtension: (own ?? peer)?.headerExtensions[MediaDescription.identificationURI],
            mediaGroups: (own?.mid != nil ? senderSDP : receiverSDP)?.mediaGroups ?? [], sourceGroups: own?.sourceGroups ?? [],
            isAnswered: answer != nil, negotiation: number)
        return (kind, epoch)
    }

    /// Whether who is to hear the sender says zeros for an address; the client of a recording session, who hears nobody, says it of itself.
    fileprivate func holdsByAddress(mediaIndex: Int, sender: Side, isRecording: Bool) -> Bool {
        let described = [offer, answer].compactMap { $0 }
        let others = sender == offerer ? described.dropFirst() : described.prefix(1)
        return (isRecording ? described[...] : others).contains { description in
            guard mediaIndex < description.media.count else { return false }
            let media = description.media[mediaIndex]
            let address = (media.connection ?? description.connection)?.address
            return address?.isUnspecified == true && !media.isRejected && !media.hasAttribute("candidate") && !media.hasAttribute("ice-ufrag")
        }
    }

    private static func endpoint(of media: MediaDescription, in description: SessionDescription?) -> Endpoint? {
        guard let address = (media.connection ?? description?.connection)?.address, !address.isUnspecified, media.port != 0 else { return nil }
        return Endpoint(address, media.port)
    }
}
