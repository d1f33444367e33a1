import Evidence
import SDPSyntax
import SIPSyntax

/// A client transaction as CSeq names it (RFC 3261 section 17).
struct Transaction: Hashable {
    let number: UInt32
    let method: String
    let sender: Side
}

/// Pairs offers with answers by transaction and branch; where they may stand is in `OfferAnswerTable`.
struct NegotiationBuilder {
    private var negotiations: [Negotiation] = []
    private var exchanges: [Transaction: [Int]] = [:]
    /// INVITE requests seen, and whether they carried an offer.
    private var invites: [Transaction: Bool] = [:]
    /// Transactions that one branch at least accepted.
    private var succeeded: Set<Transaction> = []

    /// Takes one message that is no retransmission; returns the negotiation that its session description belongs to.
    mutating func take(_ read: ReadMessage) -> Int? {
        let transaction = Transaction(number: read.cseq.number, method: read.cseq.method, sender: read.requestSender)
        guard let status = read.message.status else { return request(read, transaction) }
        let isKnown = ["INVITE", "PRACK", "UPDATE"].contains(read.cseq.method)
        guard isKnown else { return nil }
        if status >= 300 {
            refuse(transaction, read, status)
            return nil
        }
        if status >= 200 { succeeded.insert(transaction) }
        if read.cseq.method == "INVITE" { return inviteResponse(read, transaction, status) }
        guard status >= 200, read.description != nil else { return nil }
        return answer(read, exchanges[transaction]?.first { negotiations[$0].answer == nil }, .answer)
    }

    /// The negotiations, with those of branches that lost marked.
    func finished(confirmedTag: String?) -> [Negotiation] {
        negotiations.map { negotiation in
            var negotiation = negotiation
            if let confirmedTag, let branch = negotiation.branch { negotiation.isOnConfirmedBranch = branch == confirmedTag }
            return negotiation
        }
    }

    /// A refusal ends its own branch where that branch spoke before. Otherwise it ends the whole request, unless another branch of the
    /// forked request accepted it (RFC 3261 section 16.7: a branch that is cancelled answers 487 after the winner's 200).
    private mutating func refuse(_ transaction: Transaction, _ read: ReadMessage, _ status: Int) {
        let indices = exchanges[transaction] ?? []
        let own = read.branch.flatMap { branch in indices.first { negotiations[$0].branch == branch } }
        if own == nil, succeeded.contains(transaction) { return }
        for index in own.map({ [$0] }) ?? indices {
            move(index, .failure(status: status))
            negotiations[index].refusedTime = negotiations[index].refusedTime ?? read.time
        }
    }

    private mutating func request(_ read: ReadMessage, _ transaction: Transaction) -> Int? {
        switch read.message.method {
        case "INVITE":
            // The same INVITE further along its way through proxies opens nothing new.
            if invites[transaction] != nil { return read.description == nil ? nil : exchanges[transaction]?.first }
            invites[transaction] = read.description != nil
            return open(read, transaction, isProvisional: false, branch: read.message.toTag == nil ? nil : read.branch)
        case "UPDATE":
            if let known = exchanges[transaction]?.first { return read.description == nil ? nil : known }
            return open(read, transaction, isProvisional: false, branch: read.branch)
        case "ACK":
            guard read.description != nil else { return nil }
            let invite = Transaction(number: read.cseq.number, method: "INVITE", sender: read.requestSender)
            if let index = openOffer(invite, of: read.sender.opposite, branch: read.branch) { return answer(read, index, .answer) }
            // The capture began between offer and answer: what the answer says is still worth having.
            guard exchanges[invite] == nil, invites[invite] == nil else { return nil }
            return open(read, invite, isProvisional: false, branch: read.branch)
        case "PRACK":
            guard read.description != nil else { return nil }
            let invite = acknowledged(read)
            let index = invite.flatMap { openOffer($0, of: read.sender.opposite, branch: read.branch) }
            switch OfferAnswerTable.meaning(.prackRequest, requestOffered: false, isOpen: index != nil, isSettled: false) {
            case .answer: return answer(read, index, .answer)
            default: return exchanges[transaction]?.first ?? open(read, transaction, isProvisional: false, branch: read.branch)
            }
        default: return nil
        }
    }

    private mutating func inviteResponse(_ read: ReadMessage, _ transaction: Transaction, _ status: Int) -> Int? {
        let message = read.message
        let isReliable = message.offset(of: .rSeq) != nil || message.requires.contains("100rel")
        let carrier: DescriptionCarrier = status >= 200 ? .inviteSuccess : isReliable ? .reliableProvisional : .unreliableProvisional
        let offered = invites[transaction] ?? false
        guard read.description != nil else {
            if status >= 200, offered, let index = branchIndex(read, transaction) { move(index, .success) }
            return nil
        }
        let index = offered ? branchIndex(read, transaction) : exchanges[transaction]?.first { negotiations[$0].branch == read.branch }
        let isSettled = index.map { offered ? negotiations[$0].state == .answered : !negotiations[$0].isProvisional } ?? false
        switch OfferAnswerTable.meaning(carrier, requestOffered: offered, isOpen: !offered, isSettled: isSettled) {
        case .answer: return answer(read, index, .answer)
        case .previewOfAnswer: return answer(read, index, .preview)
        case .offer, .previewOfOffer:
            guard let index else {
                let opened = open(read, transaction, isProvisional: carrier == .unreliableProvisional, branch: read.branch)
                if let opened, invites[transaction] == nil { negotiations[opened].lacksRequest = true }
                return opened
            }
            if carrier != .unreliableProvisional, let description = read.description, let part = read.descriptionPart {
                negotiations[index].offer = description
                negotiations[index].offerOrigins = read.contentOrigins(part)
                negotiations[index].isProvisional = false
            }
            return index
        case .none: return index
        }
    }

    /// The exchange of this branch; the first branch to speak takes the offer as it is, later ones a copy.
    private mutating func branchIndex(_ read: ReadMessage, _ transaction: Transaction) -> Int? {
        guard let indices = exchanges[transaction], let first = indices.first else { return nil }
        guard let branch = read.branch else { return first }
        if let index = indices.first(where: { negotiations[$0].branch == branch }) { return index }
        if let index = indices.first(where: { negotiations[$0].branch == nil }) {
            negotiations[index].branch = branch
            return index
        }
        guard indices.count < DialogBuilder.branchLimit else { return nil }
        var copy = negotiations[first]
        copy.answer = nil
        copy.answerTime = nil
        copy.answerOrigins = nil
        copy.isProvisional = false
        copy.branch = branch
        copy.state = .offered
        exchanges[transaction]?.append(negotiations.count)
        negotiations.append(copy)
        return negotiations.count - 1
    }

    private func openOffer(_ transaction: Transaction, of offerer: Side, branch: String?) -> Int? {
        let open = (exchanges[transaction] ?? []).filter { negotiations[$0].offerer == offerer && negotiations[$0].answer == nil }
        return open.first { negotiations[$0].branch == branch } ?? open.first
    }

    /// The INVITE that a PRACK acknowledges: `RAck: response-number cseq-number method` (RFC 3262 section 7.2).
    private func acknowledged(_ read: ReadMessage) -> Transaction? {
        let fields = (read.message.first(.rAck) ?? "").split(separator: " ")
        guard fields.count >= 3, let number = UInt32(fields[1]) else { return nil }
        return Transaction(number: number, method: "INVITE", sender: read.requestSender)
    }

    private mutating func open(_ read: ReadMessage, _ transaction: Transaction, isProvisional: Bool, branch: String?) -> Int? {
        guard let description = read.description, let part = read.descriptionPart,
            exchanges[transaction]?.count ?? 0 < DialogBuilder.branchLimit
        else { return nil }
        exchanges[transaction, default: []].append(negotiations.count)
        negotiations.append(
            Negotiation(
                offerer: read.sender, offer: description, offerTime: read.time, offerOrigins: read.contentOrigins(part), isProvisional: isProvisional,
                cseq: transaction.number, method: transaction.method, branch: branch, state: .offered))
        return negotiations.count - 1
    }

    private mutating func answer(_ read: ReadMessage, _ index: Int?, _ event: ExchangeEvent) -> Int? {
        guard let index, let description = read.description, let part = read.descriptionPart else { return index }
        negotiations[index].answer = description
        negotiations[index].answerTime = read.time
        negotiations[index].answerOrigins = read.contentOrigins(part)
        negotiations[index].isProvisional = event == .preview
        move(index, event)
        return index
    }

    private mutating func move(_ index: Int, _ event: ExchangeEvent) {
        negotiations[index].state = OfferAnswerTable.next(negotiations[index].state, event)
    }
}
