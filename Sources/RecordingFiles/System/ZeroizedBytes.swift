import Glibc

extension [UInt8] {
    /// Overwrites the octets in place, in a way that no optimizer leaves out. A copy that somebody else holds stays as it is.
    package mutating func wipe() {
        unsafe withUnsafeMutableBytes { octets in
            if let start = octets.baseAddress { unsafe explicit_bzero(start, octets.count) }
        }
    }
}
