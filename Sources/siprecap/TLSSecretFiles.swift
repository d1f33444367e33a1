import Evidence
import PacketInput
import Reconstruction
import RecordingFiles

/// Reads the files that open TLS and DTLS; one that cannot be used ends the run, because the user believes in it.
struct TLSSecretFiles {
    private(set) var inputs = TLSInputs()
    private let limits: Limits
    private var phrase: [UInt8]?

    /// `passphraseFile` holds the passphrase of encrypted private keys in its first line.
    init(keyLogs: [String], rsaKeys: [String], passphraseFile: String?, limits: Limits) throws {
        self.limits = limits
        phrase = try passphraseFile.map { path in
            var octets = try load(path).octets
            defer { octets.wipe() }
            return Array(octets.prefix { $0 != 0x0A && $0 != 0x0D })
        }
        defer { phrase?.wipe() }
        for path in keyLogs {
            let file = try load(path)
            inputs.add(keyLog: file, limits: limits)
        }
        for path in rsaKeys { try addKey(try load(path)) }
    }

    private mutating func addKey(_ file: SecretFile) throws {
        if TLSInputs.needsPassphrase(file), phrase == nil { phrase = Passphrase.ask("Passphrase of \(file.name): ".printable) }
        do throws(TLSInputs.KeyFault) { try inputs.add(rsaKey: file, passphrase: phrase) } catch {
            Console.diagnostic("siprecap: \(file.name) \(error.reason)".printable)
            throw ExitStatus.failed
        }
    }

    private mutating func load(_ path: String) throws -> SecretFile {
        do throws(InputFault) {
            let file = try SecretFile(path: path)
            if file.isReadableByOthers { inputs.readableByOthers.append(file.name) }
            return file
        } catch {
            Console.diagnostic("siprecap: \(error)".printable)
            throw ExitStatus.failed
        }
    }
}
