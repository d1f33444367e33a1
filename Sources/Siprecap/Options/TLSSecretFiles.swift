import Evidence
import PacketInput
import RecordingFiles

/// Reads the files that open TLS and DTLS; one that cannot be used is an error, because the user believes in it.
struct TLSSecretFiles {
    private(set) var inputs = TLSInputs()
    private let limits: Limits
    private let ask: (@Sendable (String) -> [UInt8]?)?
    private var phrase: [UInt8]?

    init(_ keys: Options.Keys, limits: Limits) throws(SiprecapError) {
        self.limits = limits
        ask = keys.passphrase
        if let path = keys.passphraseFile {
            var octets = try load(path).octets
            phrase = Array(octets.prefix { $0 != 0x0A && $0 != 0x0D })
            octets.wipe()
        }
        defer { phrase?.wipe() }
        for path in keys.tlsKeyLogs {
            let file = try load(path)
            inputs.add(keyLog: file, limits: limits)
        }
        for path in keys.rsaKeys { try addKey(try load(path)) }
    }

    private mutating func addKey(_ file: SecretFile) throws(SiprecapError) {
        if TLSInputs.needsPassphrase(file), phrase == nil { phrase = ask?(file.name) }
        do throws(TLSInputs.KeyFault) { try inputs.add(rsaKey: file, passphrase: phrase) } catch {
            throw .unusableKey(file: file.name, reason: error.reason)
        }
    }

    private mutating func load(_ path: String) throws(SiprecapError) -> SecretFile {
        do throws(InputFault) {
            let file = try SecretFile(path: path)
            if file.isReadableByOthers { inputs.readableByOthers.append(file.name) }
            return file
        } catch { throw SiprecapError(error) }
    }
}
