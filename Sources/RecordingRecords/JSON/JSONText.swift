/// The one buffer that all encodings of a record write into.
final class JSONText {
    /// One value, so that a call into it is checked for exclusive access once.
    var buffer = JSONBuffer()

    /// Writes a whole value where there is room for one. One that encodes nothing is an empty object.
    func encode(_ item: some Encodable, depth: Int) throws {
        let encoding = JSONEncoding(self, depth: depth)
        let start = buffer.octets.count
        try item.encode(to: encoding)
        if buffer.octets.count == start { buffer.open(depth, encoding.serial, isObject: true) }
        buffer.close(to: depth)
    }
}
