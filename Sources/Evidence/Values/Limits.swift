/// Every bound that protects memory and time from a hostile capture, in one value. Reaching one is a finding.
package struct Limits: Sendable, Equatable {
    /// Octets of one reassembled IP datagram (RFC 791: 65,535).
    package var datagramOctets = 65_535
    /// Datagrams being reassembled at once.
    package var fragmentTrains = 4096
    /// Capture seconds after which an incomplete datagram is given up (RFC 8200 section 4.5: 60 s).
    package var fragmentSeconds = 60.0
    /// TCP directions followed at once.
    package var tcpStreams = 16_384
    /// Out-of-order octets kept for one TCP direction.
    package var tcpPendingOctets = 1 << 20
    /// Capture seconds that TCP octets wait for missing ones before them.
    package var tcpHoleSeconds = 60.0
    /// Octets of one SIP message, headers and body.
    package var sipMessageOctets = 4 << 20
    /// Header fields of one SIP message.
    package var sipHeaders = 1024
    /// Depth of nested multipart bodies.
    package var multipartDepth = 8
    /// Parts of one multipart body.
    package var multipartParts = 64
    /// Octets of one metadata document.
    package var metadataOctets = 1 << 20
    /// Element depth of a metadata document.
    package var metadataDepth = 64
    /// Elements of one metadata document.
    package var metadataElements = 20_000
    /// Directions of WebSockets at once whose compression refers to earlier messages (RFC 7692), of some 40 KiB each.
    package var inflaters = 1024
    /// SIP dialogs held.
    package var dialogs = 1 << 20
    /// SIP messages held for one Call-ID.
    package var messagesPerDialog = 20_000
    /// RTP flows (path and SSRC) held.
    package var flows = 4 << 20
    /// RTP flows at once whose repeated packets are compared one by one.
    package var watchedFlows = 8192
    /// Audio files of one recording; sources beyond are listed and not written.
    package var tracks = 64
    /// Entries of all TLS key logs together.
    package var keyLogEntries = 1 << 20
    /// Octets of one TLS direction that may wait for a secret.
    package var tlsPendingOctets = 1 << 18
    /// DTLS paths whose handshakes are followed.
    package var dtlsAssociations = 1 << 16
    /// Nested link and tunnel layers.
    package var encapsulationDepth = 16
    /// Seconds of silence that may be put into one gap before the stream is split.
    package var gapSeconds = 12.0 * 3600
    /// Octets of sampled packets on which keys are tried.
    package var keySampleOctets = 32 << 20
    /// Keys from elsewhere that are tried on one encrypted flow.
    package var keyCandidates = 256

    package init() {}
}
