import Glibc
package import PacketInput

/// The files that the command's arguments mean, each once, and what is wrong with the others: one bad input never stops the rest.
package struct CaptureInputs: Sendable {
    package private(set) var files: [InputFile] = []
    package private(set) var faults: [InputFault] = []
    private var seen: Set<FileStatus.Identity> = []
    private var isHashed = true

    /// Folders inside folders that are followed.
    private static let deepest = 64

    /// An argument is a file, a folder (searched recursively), `-` for standard input, or `@list.txt` with one file or folder a line.
    ///
    /// Pipes are copied to a file without a name in `temporaryFolder`, as every input is read twice.
    /// `isHashed`: reading an input to its end leaves its SHA-256 at hand.
    package static func resolve(arguments: [String], isHashed: Bool = true, temporaryFolder: String? = nil) -> CaptureInputs {
        var inputs = CaptureInputs()
        inputs.isHashed = isHashed
        let spooler = Spooler(folder: temporaryFolder)
        for argument in arguments {
            if argument == "-" {
                inputs.spool(nil, name: "standard input", spooler)
            } else if argument.hasPrefix("@"), argument.count > 1 {
                inputs.add(list: String(argument.dropFirst()), spooler)
            } else {
                inputs.add(argument, spooler)
            }
        }
        return inputs
    }

    private mutating func add(_ path: String, _ spooler: Spooler) {
        do throws(SystemError) {
            let status = try FileStatus(path: path)
            switch status.kind {
            case .file: add(InputFile(path: path, status: status, isExplicit: true, isHashed: isHashed), status)
            case .folder: walk(path, status, depth: 0)
            case .pipe: spool(path, name: path, spooler)
            case .link, .other: faults.append(InputFault(name: path, reason: "is neither a file nor a folder"))
            }
        } catch { faults.append(InputFault(path, "cannot be opened", error)) }
    }

    private mutating func add(_ file: InputFile, _ status: FileStatus) {
        if seen.insert(status.identity).inserted { files.append(file) }
    }

    private mutating func walk(_ path: String, _ status: FileStatus, depth: Int) {
        // Links may lead back, or to the same folder on many ways.
        guard seen.insert(status.identity).inserted else { return }
        guard depth <= Self.deepest else {
            faults.append(InputFault(name: path, reason: "is more than \(Self.deepest) folders deep and was not searched"))
            return
        }
        do throws(SystemError) {
            let names = try Folder.names(path)
            if OutputFolder.isOutput(path, names: names) { return }
            for name in names where !name.hasPrefix(".") {
                let inner = path.hasSuffix("/") ? path + name : path + "/" + name
                guard let status = try? FileStatus(path: inner) else {
                    faults.append(InputFault(name: inner, reason: "cannot be opened: a dangling link, or a name that is not UTF-8"))
                    continue
                }
                switch status.kind {
                case .file: add(InputFile(path: inner, status: status, isExplicit: false, isHashed: isHashed), status)
                case .folder: walk(inner, status, depth: depth + 1)
                default: break
                }
            }
        } catch { faults.append(InputFault(path, "cannot be searched", error)) }
    }

    /// One file or folder a line; blank lines and lines that begin with `#` do not count. Names are as on the command line, but for `-` and `@`.
    private mutating func add(list path: String, _ spooler: Spooler) {
        do throws(SystemError) {
            let text = try Self.text(of: path)
            for line in text.split(whereSeparator: \.isNewline) {
                var name = line
                while name.last?.isWhitespace == true { name.removeLast() }
                while name.first?.isWhitespace == true { name.removeFirst() }
                if !name.isEmpty, name.first != "#" { add(String(name), spooler) }
            }
        } catch { faults.append(InputFault("@" + path, "cannot be read", error)) }
    }

    private static func text(of path: String) throws(SystemError) -> String {
        let file = try FileDescriptor(path, O_RDONLY)
        // A list, not a capture given by mistake.
        let most = 64 << 20
        var octets: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let result: Result<Int, SystemError> = unsafe buffer.withUnsafeMutableBytes { space in
                do throws(SystemError) { return .success(unsafe try file.read(into: space)) } catch { return .failure(error) }
            }
            let count = try result.get()
            if count == 0 { break }
            octets += buffer[..<count]
            if octets.count > most { throw SystemError(EFBIG) }
        }
        return String(decoding: octets, as: UTF8.self)
    }

    private mutating func spool(_ path: String?, name: String, _ spooler: Spooler) {
        do throws(SystemError) {
            let file = try spooler.spool(path, name: name)
            files.append(file)
        } catch { faults.append(InputFault(name, "cannot be copied to \(spooler.folder)", error)) }
    }
}
