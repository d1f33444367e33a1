import Evidence

/// A network path as a dictionary key: one mix keyed per process instead of nine hashed fields, and still not to be flooded.
struct PathKey: Hashable {
    let path: NetworkPath
    private let mix: UInt64

    init(_ path: NetworkPath, seed: UInt64) {
        self.path = path
        func fold(_ a: UInt64, _ b: UInt64) -> UInt64 {
            let product = a.multipliedFullWidth(by: b)
            return product.high ^ product.low
        }
        let ports = UInt64(path.source.port) << 16 | UInt64(path.destination.port)
        let low = fold(path.source.address.low ^ seed, path.destination.address.low ^ 0x9E37_79B9_7F4A_7C15)
        let high = fold(path.source.address.high ^ ports ^ seed, path.destination.address.high ^ 0xD6E8_FEB8_6659_FD93)
        mix = fold(low ^ seed, high ^ 0xA076_1D64_78BD_642F)
    }

    static func == (left: PathKey, right: PathKey) -> Bool { left.mix == right.mix && left.path == right.path }
    func hash(into hasher: inout Hasher) { hasher.combine(mix) }
}
