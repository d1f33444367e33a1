package import Evidence

/// When something other than media kept a path open: STUN, or datagrams of blanks (RFC 6263 section 4, RFC 5626 section 4.4).
///
/// Bound: 64 moments a path, then every second one is left out; 4,096 paths.
package struct KeepAlives: Sendable {
    private var paths: [NetworkPath: [CaptureTime]] = [:]
    private static let pathLimit = 4096
    private static let limit = 64

    mutating func add(_ path: NetworkPath, at time: CaptureTime) {
        guard paths[path] != nil || paths.count < Self.pathLimit else { return }
        paths[path, default: []].append(time)
        guard let times = paths[path], times.count > Self.limit else { return }
        paths[path] = times.indices.filter { $0 % 2 == 0 }.map { times[$0] }
    }

    /// Whether the path was used between two moments.
    package func use(_ path: NetworkPath, from: CaptureTime, until: CaptureTime) -> Bool { paths[path]?.contains { $0 >= from && $0 <= until } ?? false }
}
