import Evidence

extension TLSConnection {
    /// Handles the handshake messages of a direction that are whole.
    mutating func read(_ side: TLSSide, _ direction: inout Direction) {
        while let message = direction.messages.next() { handle(message, side, &direction) }
    }

    private mutating func handle(_ message: TLSMessage, _ side: TLSSide, _ direction: inout Direction) {
        switch message.type {
        case TLSMessage.Kind.clientHello: clientHello(message, side)
        case TLSMessage.Kind.serverHello: serverHello(message, side, &direction)
        default:
            guard direction.handshake.isTLS13 else {
                current.take(message, isClient: clientSide == side)
                return
            }
            handle13(message, &direction)
        }
    }

    private mutating func clientHello(_ message: TLSMessage, _ side: TLSSide) {
        guard let hello = TLSHello(message.body, isClient: true, isDatagram: false) else { return }
        if clientSide == nil { clientSide = side }
        // A second one answers a HelloRetryRequest; after a ServerHello it begins another handshake.
        if current.client != nil, current.server != nil || !current.wasRetried { current = TLSHandshake() }
        if current.client == nil { handshakes += 1 }
        if firstRandom == nil { firstRandom = hello.random }
        current.client = hello
        current.take(message, isClient: true)
    }

    private mutating func serverHello(_ message: TLSMessage, _ side: TLSSide, _ direction: inout Direction) {
        guard let hello = TLSHello(message.body, isClient: false, isDatagram: false) else { return }
        if clientSide == nil { clientSide = side.other }
        if hello.isRetry {
            current.wasRetried = true
            return
        }
        if current.server != nil { current = TLSHandshake() }
        current.server = hello
        current.take(message, isClient: false)
        if current.isTLS13 {
            direction.handshake = current
            direction.cover = .needs(.handshake)
            direction.messages.clear()
        }
    }

    private func handle13(_ message: TLSMessage, _ direction: inout Direction) {
        guard case .keyed(let stage, let readers) = direction.cover else { return }
        switch message.type {
        case TLSMessage.Kind.endOfEarlyData where stage == .early: direction.cover = .needs(.handshake)
        case TLSMessage.Kind.finished where stage == .handshake: direction.cover = .needs(.application)
        case TLSMessage.Kind.keyUpdate where stage == .application:
            if let next = readers.first?.next {
                direction.cover = .keyed(.application, [next])
                direction.opened = 0
            }
        default: break
        }
    }
}
