import LateLibraries

/// A library that was called and is not there. Its functions answered "no", so what followed from that is not to be believed.
struct MissingLibrary: Error, CustomStringConvertible {
    /// Debian's name of what to install.
    let package: String
    /// In the loader's words, which begin with the library's file.
    let reason: String

    var description: String { "\(reason) (Debian's package is \(package))" }

    /// Ends a command before it shows or writes what followed.
    static func check() throws(MissingLibrary) { if let first { throw first } }

    /// The first of those that were called in vain so far.
    static var first: MissingLibrary? {
        var missing = unsafe late_missing()
        guard unsafe late_find_missing(0, &missing) != 0 else { return nil }
        return unsafe MissingLibrary(package: String(cString: missing.package), reason: String(cString: missing.reason))
    }
}
