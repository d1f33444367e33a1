/// Datagrams and messages by what they are; what relays carried is counted by itself too.
package struct ContentCounts: Sendable {
    /// Messages, also of streams.
    package internal(set) var sip = 0
    package internal(set) var rtp = 0
    package internal(set) var rtcp = 0
    package internal(set) var stun = 0
    package internal(set) var dtls = 0
    /// Datagrams that a TURN relay carried.
    package internal(set) var relayed = 0
    /// Datagrams that only keep a binding open.
    package internal(set) var keepAlives = 0
    /// Packets of IPsec in UDP (RFC 3948).
    package internal(set) var esp = 0
    package internal(set) var unclassified = 0
}
