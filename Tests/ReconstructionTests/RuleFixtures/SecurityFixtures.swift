import CaptureSurvey
import Evidence
import Foundation
import PacketInput
import RecordingAccount
import RecordingPlan
import RecordingPlanner
import SRTPDecryption
import SRTPTestSupport
import TLSDecryption
import TestSupport
import Testing

/// `SRT` and `TLS`: what is encrypted, and the keys to it.
extension RuleFixture {
    static let srtp: [RuleFixture] = [
        RuleFixture(.srt001, of: Scene.secured, frame: 4) { $0.invite.replace(Scene.master(1), Scene.master(2)) },
        RuleFixture(.srt002, of: Scene.secured, frame: 4) { $0.hideKey() },
        RuleFixture(
            .srt003, of: Scene.secured, frame: 4,
            raises: {
                $0.hideKey()
                try $0.protectAnn(from: 40_000)
            },
            silent: {
                $0.hideKey()
                try $0.protectAnn(from: 1000)
            }),
        RuleFixture(.srt005, of: Scene.secured, frame: 4) { $0.invite.replace("AES_CM_128_HMAC_SHA1_80", "F8_128_HMAC_SHA1_80") },
        RuleFixture(
            .srt006, of: Scene.secured, frame: 4,
            raises: {
                $0.invite.replace(Scene.master(1), Scene.master(1) + "|2^20|1:4")
                try $0.protectAnn(mki: [0, 0, 0, 2])
            },
            silent: {
                $0.invite.replace(Scene.master(1), Scene.master(1) + "|2^20|1:4")
                try $0.protectAnn(mki: [0, 0, 0, 1])
            }),
        RuleFixture(
            .srt007, of: Scene.secured, frame: 4, raises: { try $0.rekey(to: 2) }, silent: { try $0.rekey(to: 1) }),
        RuleFixture(
            .srt008, of: Scene.secured, frame: 1, raises: { _ in },
            silent: {
                $0.hideKey()
                $0.addKeys("a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:" + Scene.master(1))
            }),
        RuleFixture(
            .srt009, of: Scene.secured, frame: 4, raises: { try $0.protectAnn(roc: 1) }, silent: { try $0.protectAnn(roc: 0) }),
        RuleFixture(.srt010, of: Scene.secured, frame: 4) {
            $0.hideKey()
            $0.addKeys("a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:" + Scene.master(1))
        },
        RuleFixture(
            .srt011, of: Scene.secured,
            raises: {
                $0.hideKey()
                $0.addKeys("a=crypto:1 AES_256_CM_HMAC_SHA1_80 inline:" + Scene.master(1))
            },
            silent: {
                $0.hideKey()
                $0.addKeys("a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:" + Scene.master(1))
            }),
        RuleFixture(
            .srt012, of: Scene.secured,
            raises: {
                $0.hideKey()
                $0.addKeys("a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:" + Scene.master(2))
            },
            silent: {
                $0.hideKey()
                $0.addKeys("a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:" + Scene.master(1))
            }),
        RuleFixture(.srt013, of: Scene.secured, frame: 4) { $0.invite.replace(Scene.master(1), Scene.master(1) + " KDR=1") },
        RuleFixture(
            .srt014, of: Scene.secured, frame: 4,
            raises: { scene in
                scene.offerWithoutProfile()
                for index in 0..<10 { scene.ann[index].octets = Scene.annSource.packet(index) }
            },
            silent: { $0.offerWithoutProfile() }),
        RuleFixture(.srt015, of: Scene.secured, frame: 1) { $0.invite.replace("a=label:1", "a=label:1\na=key-mgmt:mikey AQAFgM0XflABAAA=") },
        RuleFixture(.srt016, of: Scene.secured, frame: 1) { $0.invite.replace("a=label:1", "a=label:1\na=zrtp-hash:1.10 fe30efd02423cb05") },
        RuleFixture(
            .srt017, of: Scene.secured,
            raises: {
                $0.hideKey()
                $0.options.limits.keySampleOctets = 400
            },
            silent: {
                $0.hideKey()
                $0.options.limits.keySampleOctets = 40_000
            }),
        RuleFixture(.srt018, of: Scene.secured) { $0.options.keys.readableByOthers = ["keys.yaml"] },
        RuleFixture(
            .srt019, of: Scene.agreed, frame: 7, raises: { $0.invite.replace("a=fingerprint:sha-256 ", "a=fingerprint:sha-256 00:") }),
        RuleFixture(.srt020, of: Scene.agreed, frame: 7) { $0.ok.replace("a=setup:active", "a=setup:passive") },
        RuleFixture(
            .srt021, frame: 4,
            raises: {
                $0.bob = []
                try $0.protectAnn()
            },
            silent: { $0.bob = [] }),
        RuleFixture(.srt022, of: Scene.secured, frame: 4) { $0.invite.replace(Scene.master(1), Scene.master(1) + " WSH=128") },
        RuleFixture(
            .srt023, of: Scene.secured, frame: 4, raises: { $0.invite.replace(Scene.master(1), Scene.master(1) + "|2^4") },
            silent: { $0.invite.replace(Scene.master(1), Scene.master(1) + "|2^20") }),
    ]

    static let tls: [RuleFixture] = [
        RuleFixture(
            .tls001, frame: 8, raises: { try $0.connect("tls13-aes128", log: "tls13-aes256") }, silent: { try $0.connect("tls13-aes128") }),
        RuleFixture(
            .tls002,
            raises: {
                try $0.connect("tls13-aes128") { $0.split(separator: "\n").map { $0.dropLast() + ($0.last == "0" ? "1" : "0") }.joined(separator: "\n") }
            },
            silent: { try $0.connect("tls13-aes128") }),
        RuleFixture(
            .tls003, raises: { try $0.connect("tls12-gcm128", dropping: 4) }, silent: { try $0.connect("tls12-gcm128") }),
        RuleFixture(
            .tls004, raises: { try $0.connect("tls12-rsa", privateKey: "ReconstructionTests/Fixtures/rsa-other.pem") },
            silent: { try $0.connect("tls12-rsa", privateKey: "TLSDecryptionTests/Fixtures/rsa.pem") }),
        RuleFixture(
            .tls005, raises: { try $0.connect("tls12-gcm128", privateKey: "TLSDecryptionTests/Fixtures/rsa.pem") },
            silent: { try $0.connect("tls12-rsa", privateKey: "TLSDecryptionTests/Fixtures/rsa.pem") }),
        RuleFixture(
            .tls006,
            raises: {
                try $0.connect("tls13-aes128") {
                    $0
                } change: {
                    $0[4].octets[0] = 0x99
                }
            }, silent: { try $0.connect("tls13-aes128") }),
        // Only one side was captured, so that no ServerHello ever comes.
        RuleFixture(
            .tls007,
            raises: {
                $0.options.limits.tlsPendingOctets = 10_000
                try $0.connect("tls13-aes128") {
                    $0
                } change: {
                    $0 = Scene.halfConnection($0, records: 9)
                }
            },
            silent: {
                $0.options.limits.tlsPendingOctets = 10_000
                try $0.connect("tls13-aes128") {
                    $0
                } change: {
                    $0 = Scene.halfConnection($0, records: 1)
                }
            }),
        RuleFixture(
            .tls008, raises: { try $0.connect("gnutls12-camellia-gcm") }, silent: { try $0.connect("tls12-camellia") }),
        RuleFixture(
            .tls009,
            raises: {
                try $0.connect("tls13-aes128") {
                    $0
                } change: {
                    $0[6].octets[9] ^= 1
                }
            }, silent: { try $0.connect("tls13-aes128") }),
        RuleFixture(
            .tls010, raises: { try $0.connect("tls13-aes128") { $0 + "\nSERVER_TRAFFIC_SECRET_0 12 zz\n" } },
            silent: { try $0.connect("tls13-aes128") { $0 + "\n# made by hand\n" } }),
        RuleFixture(
            .tls011, raises: { try $0.connect("tls13-aes128", log: "tls13-aes256") }, silent: { try $0.connect("tls13-aes128") }),
        RuleFixture(
            .tls012, raises: { $0.writeBlocks(after: Blocks.secrets(0x5747_4B4C)) }, silent: { $0.writeBlocks(after: Blocks.secrets(0x544C_534B)) }),
    ]
}

extension Scene {
    // MARK: SRTP

    /// Master key and salt as an `inline:` has them.
    static func master(_ seed: UInt64) -> String { Base64.encode(keyAndSalt(.AES_CM_128_HMAC_SHA1_80, seed: seed)) }

    /// Ann alone; her offer has the key under which libsrtp2 protects her packets.
    static func secured() throws -> Scene {
        var scene = Scene()
        scene.removeBob()
        scene.invite.parts[0].body = onlyAnn.replacing("RTP/AVP", with: "RTP/SAVP") + "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:\(master(1))\n"
        scene.ok.replace("RTP/AVP", "RTP/SAVP")
        scene.ok.replace("a=recvonly", "a=recvonly\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:\(master(9))")
        try scene.protectAnn()
        return scene
    }

    /// The offer agrees on keys by some other means.
    mutating func hideKey() {
        invite.remove("a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:\(Self.master(1))\n")
        ok.remove("a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:\(Self.master(9))\n")
    }

    /// RTP/AVP with a key: encryption as an offer that the other side may leave.
    mutating func offerWithoutProfile() {
        invite.replace("RTP/SAVP", "RTP/AVP")
        ok.replace("RTP/SAVP", "RTP/AVP")
    }

    mutating func protectAnn(from sequence: UInt16 = 1000, mki: [UInt8]? = nil, roc: UInt32 = 0) throws {
        var source = Self.annSource
        source.firstSequence = sequence
        ann = ScenePacket.speech(source, 0..<50)
        let sender = try Protector(.AES_CM_128_HMAC_SHA1_80, mki: mki, ssrc: source.ssrc, roc: roc)
        for index in ann.indices { ann[index].octets = try sender.protect(ann[index].octets) }
    }

    /// A re-INVITE after half of the packets with the key of `seed`, which then is used.
    mutating func rekey(to seed: UInt64) throws {
        let sender = try Protector(.AES_CM_128_HMAC_SHA1_80, seed: seed, ssrc: Self.annSource.ssrc)
        for index in 25..<50 { ann[index].octets = try sender.protect(Self.annSource.packet(index)) }
        transaction(
            "INVITE", at: 0.9, cseq: 2, description: invite.parts[0].body.replacing(Self.master(1), with: Self.master(seed)), answer: ok.parts[0].body)
    }

    /// A key file of such lines.
    mutating func addKeys(_ text: String) {
        var problems: [KeyFileProblem] = []
        options.keys.entries = KeyFileLines.fields(text, file: "keys.txt", problems: &problems).compactMap {
            KeyFileEntry($0, file: "keys.txt", problems: &problems)
        }
        options.keys.problems = problems
    }

    // MARK: DTLS

    /// Ann, who was the server of a recorded handshake whose certificate her offer announces, and her packets under the keys of it.
    static func agreed() throws -> Scene {
        let recorded = try RecordedConnection("dtls12-sha80")
        let digest = recorded.fingerprint
        let pairs = stride(from: 0, to: digest.count, by: 2).map { digest.dropFirst($0).prefix(2).uppercased() }.joined(separator: ":")
        var scene = try secured()
        scene.hideKey()
        scene.invite.replace("RTP/SAVP", "UDP/TLS/RTP/SAVP")
        scene.ok.replace("RTP/SAVP", "UDP/TLS/RTP/SAVP")
        scene.invite.replace("a=label:1", "a=label:1\na=setup:actpass\na=fingerprint:sha-256 \(pairs)")
        scene.ok.replace("a=recvonly", "a=recvonly\na=setup:active")
        for (number, event) in recorded.events.enumerated() {
            let (from, to) = event.isClient ? (annSource.destination, annSource.source) : (annSource.source, annSource.destination)
            scene.beside.datagram(200_000 + number * 1000, from: from, to: to, event.octets)
        }
        return scene
    }

    // MARK: TLS

    /// Adds a recorded connection; with its own key log, that of another one, or a private key.
    mutating func connect(
        _ name: String, log: String? = nil, privateKey: String? = nil, dropping: Int = 0, keyLog: (String) -> String = { $0 },
        change: (inout [RecordedConnection.Event]) -> Void = { _ in }
    ) throws {
        var recorded = try RecordedConnection(name)
        change(&recorded.events)
        recorded.events.removeFirst(dropping)
        if let privateKey {
            options.tls.rsaKeys = [TLSInputs.RSAKey(name: "server.key", key: try RSAPrivateKey(pem: try TestFile.octets(privateKey)))]
        } else {
            let text = keyLog(try log.map { try RecordedConnection($0).keyLog } ?? recorded.keyLog)
            options.tls.keyLogs = [TLSInputs.KeyLog(name: "keys.log", log: TLSKeyLog(parsing: Array(text.utf8)))]
        }
        let (client, server) = (Socket(0xC000_0203, 40_000), Socket(0xC000_0204, 5061))
        beside.segment(200_000, from: client, to: server, sequence: 999, flags: 2, [])
        beside.segment(200_001, from: server, to: client, sequence: 4999, acknowledgement: 1000, flags: 0x12, [])
        var next: (client: UInt32, server: UInt32) = (1000, 5000)
        for (number, event) in recorded.events.enumerated() {
            let time = 200_010 + number * 10
            if event.isClient {
                beside.segment(time, from: client, to: server, sequence: next.client, acknowledgement: next.server, event.octets)
                next.client &+= UInt32(event.octets.count)
            } else {
                beside.segment(time, from: server, to: client, sequence: next.server, acknowledgement: next.client, event.octets)
                next.server &+= UInt32(event.octets.count)
            }
        }
    }

    /// The ClientHello, and encrypted records of 4 KiB from the same side.
    static func halfConnection(_ events: [RecordedConnection.Event], records: Int) -> [RecordedConnection.Event] {
        let record = [23, 3, 3, 0x10, 0] + [UInt8](repeating: 7, count: 4096)
        return [events[0]] + (0..<records).map { _ in RecordedConnection.Event(isClient: true, octets: record) }
    }
}

/// What OpenSSL or GnuTLS said to each other, as the tests of `TLSDecryption` keep it.
struct RecordedConnection {
    struct Event {
        let isClient: Bool
        var octets: [UInt8]
    }

    var keyLog = ""
    var fingerprint = ""
    var events: [Event] = []

    init(_ name: String) throws {
        for line in String(decoding: try TestFile.octets("TLSDecryptionTests/Fixtures/\(name).txt"), as: UTF8.self).split(separator: "\n") {
            let words = line.split(separator: " ", maxSplits: 1)
            guard words.count == 2 else { continue }
            switch words[0] {
            case "key": keyLog += words[1] + "\n"
            case "fingerprint": fingerprint = String(words[1])
            case ">", "<": events.append(Event(isClient: words[0] == ">", octets: try #require(Hex.decode(words[1]))))
            default: continue
            }
        }
    }
}

/// Files of the tests, by their path below `Tests`.
enum TestFile {
    static func octets(_ path: String) throws -> [UInt8] {
        let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        return [UInt8](try Data(contentsOf: tests.appendingPathComponent(path)))
    }
}
